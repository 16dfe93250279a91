"""The words in which facts and entities say what state something is in, each a closed set."""

from typing import Final, Literal

SeatState = Literal[
    "offline", "ready", "reserved", "ringing", "talking", "hold", "outbound", "internal", "acw", "break", "training",
    "meeting", "coaching", "casework", "busy", "not_responding", "forced_busy", "fault", "unknown",
]  # fmt: skip
SEAT_STATES: Final[tuple[SeatState, ...]] = (
    "offline", "ready", "reserved", "ringing", "talking", "hold", "outbound", "internal", "acw", "break", "training",
    "meeting", "coaching", "casework", "busy", "not_responding", "forced_busy", "fault", "unknown",
)  # fmt: skip
Bucket = Literal["none", "idle", "handling", "aux"]
SEAT_BUCKETS: Final[dict[SeatState, Bucket]] = {
    "offline": "none", "ready": "idle", "reserved": "handling", "ringing": "handling", "talking": "handling",
    "hold": "handling", "outbound": "handling", "internal": "aux", "acw": "handling", "break": "aux",
    "training": "aux", "meeting": "aux", "coaching": "aux", "casework": "aux", "busy": "aux",
    "not_responding": "aux", "forced_busy": "aux", "fault": "aux", "unknown": "none",
}  # fmt: skip
"""HANDBOOK 1.8: which bucket of time a seat state belongs to."""

WITH_A_CALL: Final = frozenset({"ringing", "talking", "hold", "outbound", "internal", "reserved"})
"""States in which somebody has a call, of a queue or not, behind which what is ordered for the seat begins."""
DOUBTS: Final[tuple[str, ...]] = (
    "device_without_call", "device_unknown", "call_without_device", "member_in_call",
)  # fmt: skip
"""What of a seat contradicts what: its phone is in use and no call is known; nobody knows how its phone is; a call is
known and its phone is free; its queue holds it for busy and nothing else does."""

FlowKind = Literal["no_agent", "timeout", "full", "queue", "callback", "ivr"]
BlockReason = Literal["full", "closed", "no_trunk"]
AttemptResult = Literal["answered", "no_answer", "rejected", "caller_gone"]
EndedBy = Literal["caller", "agent", "transfer", "unknown"]
OrderState = Literal["accepted", "running", "done", "refused", "failed", "unknown", "undone"]
ListeningMode = Literal["listen", "whisper", "barge", "take_over"]
ListeningState = Literal["starting", "waiting", "on", "ended"]
SwitchState = Literal["off", "on", "unsure"]
SourceState = Literal["up", "silent", "down"]
TrunkState = Literal["up", "down", "unknown"]
SourceMode = Literal["live", "simulated", "replay"]
FASTEST: Final = 1_000_000.0
"""How facts and entities write the speed `max`, as fast as the source can: JSON knows no infinity."""
AlarmPhase = Literal["unacknowledged", "acknowledged", "returned", "over", "shelved", "out_of_service"]
AlarmAct = Literal[
    "raised", "worse", "returned", "acknowledged", "shelved", "unshelved", "shelf_ended", "out_of_service", "in_service"
]
"""What happens to an alarm, or what somebody does to it."""
