"""Customer numbers as those may see them who have no need for the whole: `138****5678`."""

import re
from typing import Final

HIDDEN: Final = "****"
_MASKED: Final = re.compile(r"\d{0,3}\*{4}\d{0,4}")
_COUNTRY: Final = re.compile(r"^(?:\+|00)86(?=1\d{10}$)")
_SEPARATORS: Final = str.maketrans("", "", " -()./")


def masked_number(number: str) -> str:
    """A caller's number with at least four digits hidden; how many were hidden cannot be told.

    Eleven digits and more keep the first three and the last four, seven to ten the last two, anything shorter and
    anything that is not a number (a SIP address, a name) keeps nothing. Empty stays empty, masked stays masked.
    """
    if not number or _MASKED.fullmatch(number):
        return number
    digits = _COUNTRY.sub("", number.translate(_SEPARATORS)).removeprefix("+")
    if not (digits.isascii() and digits.isdigit()) or len(digits) < 7:
        return HIDDEN
    if len(digits) < 11:
        return HIDDEN + digits[-2:]
    return digits[:3] + HIDDEN + digits[-4:]
