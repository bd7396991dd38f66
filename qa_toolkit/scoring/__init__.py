"""Patterns and catalogue in, scores out: points, coverage, gates, bands, what it would take. Pure functions, no I/O."""
