"""The day's curves."""
