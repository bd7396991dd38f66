"""Timings against the floor and against peers, as ratios in one run. Never part of the tests."""
