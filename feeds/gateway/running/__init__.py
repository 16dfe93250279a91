"""A floor at work: which source and which log it comes from, its clock, its epochs, and how it goes on."""
