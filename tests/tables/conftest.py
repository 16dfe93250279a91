"""Tests of tables and links use desks as the tests of the desk do."""

from tests.desk.conftest import make_desk

__all__ = ["make_desk"]
