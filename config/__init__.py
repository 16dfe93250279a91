"""What a site is: its schema, how a site folder is loaded and checked, and the environment the programs need."""
