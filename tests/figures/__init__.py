"""Opened figures."""
