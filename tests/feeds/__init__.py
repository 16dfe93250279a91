"""Tests of the fold, the figures and the log."""
