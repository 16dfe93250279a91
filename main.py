"""Watchfloor's one entry: turns its first argument into a program and does nothing else."""
