"""Curves over a day."""
