"""The wall display: its page arithmetic, its words, its window and its pictures."""
