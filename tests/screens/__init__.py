"""Whole screens as pictures: what must be on them, whatever the size, the language and the theme."""
