"""What lies under the program: the process, Qt, the screen and the clock, with what each needs to be held right."""
