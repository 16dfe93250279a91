"""Seats on a map: where they stand, how each looks, how somebody places them."""
