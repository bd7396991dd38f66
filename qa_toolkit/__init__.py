"""Audit batches of micro-credential data against published frameworks, with reports that can be defended."""

__version__ = "0.1.0"
