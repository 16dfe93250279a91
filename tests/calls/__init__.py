"""Orders for waiting calls."""
