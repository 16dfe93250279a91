"""Listening: sessions, sound, and taps on a real Asterisk."""
