"""Tests of the desk's window: its head, its panels wherever they stand, and what is kept of both."""
