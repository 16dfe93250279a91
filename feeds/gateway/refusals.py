"""The error objects of the feed: each with what to do about it and the rule that says so."""

from __future__ import annotations

from typing import Final

from feeds.said import parts
from feeds.wire import ErrorBody, ErrorData, Retry

UNKNOWN_METHOD: Final = -32601
BAD_PARAMETERS: Final = -32602
FAILED: Final = -32000
UNAUTHENTICATED: Final = -32001
FORBIDDEN: Final = -32003
NOT_FOUND: Final = -32004
NOT_AVAILABLE: Final = -32005
OUTDATED: Final = -32006
EXPIRED: Final = -32007
KEY_CONFLICT: Final = -32009
MEANINGS: Final = {
    UNKNOWN_METHOD: "unknown method", BAD_PARAMETERS: "parameters that do not fit",
    FAILED: "the gateway's own failure", UNAUTHENTICATED: "no good token", FORBIDDEN: "not this role's or credential's",
    NOT_FOUND: "not there, or out of sight", NOT_AVAILABLE: "no order of this version",
    OUTDATED: "not what was expected", EXPIRED: "too late", KEY_CONFLICT: "a key that stands for another order",
}  # fmt: skip
"""What each code stands for, as the published contract says it."""


def refusal(code: int, message: str, rule: str, retry: Retry = "no", after_ms: int | None = None) -> ErrorBody:
    """An error object; `rule` is the short name of what stands in the way."""
    text = parts(message)
    return ErrorBody(code, text.text, ErrorData(retry, rule, after_ms, text.code, text.values))
