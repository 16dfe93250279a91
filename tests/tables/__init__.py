"""Tests of what can be done with any table."""
