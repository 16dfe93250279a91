"""What the programs need to be installed, and how it gets there: standard library only."""
