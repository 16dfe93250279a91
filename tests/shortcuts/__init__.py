"""Tests of the page of shortcuts."""
