"""Tests of the alarms panel, all its layers together."""
