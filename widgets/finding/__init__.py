"""What is found: the button of the search and the list of its answers."""
