"""Orders: who gives them, what may be ordered, who carries it out, and how it is told and taken back."""
