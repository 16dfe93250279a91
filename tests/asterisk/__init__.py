"""Tests against a real Asterisk with real phones: what it says, what it does, and what is left when it dies."""
