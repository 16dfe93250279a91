"""The error objects of the feed: each with what to do about it and the rule that says so."""

from __future__ import annotations

from typing import Final

from feeds.said import parts
from feeds.wire import ErrorBody, ErrorData, Retry

MALFORMED: Final = -32600
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


def refusal(code: int, message: str, rule: str, retry: Retry = "no", after_ms: int | None = None) -> ErrorBody:
    """An error object; `rule` is the short name of what stands in the way."""
    text = parts(message)
    return ErrorBody(code, text.text, ErrorData(retry, rule, after_ms, text.code, text.values))
