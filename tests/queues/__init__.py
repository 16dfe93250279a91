"""Tests of the queues panel, all its layers together."""
