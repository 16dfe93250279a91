"""What hands do anywhere at the desk: actions and their keys, opening things by name, walking, taking tables along."""
