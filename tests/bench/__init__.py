"""Measurements: each a ratio inside one run, printed as a table by `python -m tests.bench`."""
