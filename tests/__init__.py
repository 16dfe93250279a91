"""The tests: one folder a feature with all its layers together, and folders for what holds for all of them."""
