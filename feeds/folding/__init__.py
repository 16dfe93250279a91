"""The parts of the fold: what it remembers, what facts do to calls and seats, what time does, what is published."""
