"""Orders through a real gateway: whose, when, in which order, and what is left of them."""
