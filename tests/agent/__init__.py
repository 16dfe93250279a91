"""Tests of the agent panel, all its layers together."""
