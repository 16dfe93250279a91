"""Tests of the floor panel, all its layers together."""
