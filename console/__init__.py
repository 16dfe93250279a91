"""The supervisor's desk and the wall: files are the shell, folders are the features."""
