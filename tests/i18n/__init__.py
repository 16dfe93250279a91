"""Tests of the words and of the files in which translators edit them."""
