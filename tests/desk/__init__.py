"""Tests of the desk: its window, its head, its layout, its orders."""
