"""Things to look at and press: they know text and tones, not call centres."""
