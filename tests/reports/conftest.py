"""The reports are those of a desk."""

from tests.desk.conftest import make_desk

__all__ = ["make_desk"]
