"""How a site's Asterisk is reached and what its names mean; secrets are never in a site folder's YAML."""

from __future__ import annotations

from msgspec import Struct


class QueueName(Struct, frozen=True):
    """What Asterisk calls one of the site's queues; needed only where it is neither the queue's id nor its number."""

    asterisk: str
    queue: str


class PauseWord(Struct, frozen=True):
    """Which seat state a pause with this reason is; reasons that no line names are `busy`, an empty one too.

    The older form of a site's `pauses`, which hold for every source and name their reasons.
    """

    reason: str
    state: str


class WrapUp(Struct, frozen=True):
    """A queue's wrap-up time where Asterisk's own configuration may not be read (`queue` is the site's id)."""

    queue: str
    seconds: float


class Media(Struct, frozen=True):
    """Where Asterisk brings the sound of listening sessions to (`websocket_client.conf`, section `connection`)."""

    listen: str = "127.0.0.1:8766"
    connection: str = "gateway-media"


class Dialplan(Struct, frozen=True):
    """Names in Asterisk's dialplan and database, as in the package under resources/asterisk.

    `ask` answers what would happen to a call, `spy` lets a supervisor's phone listen, `requeue` takes a waiting caller
    to another queue, `redirect` to any number; `family` is the database family of the switches. Contexts of `trunks`
    are those in which calls from outside begin.
    """

    ask: str = "ask"
    spy: str = "spy"
    requeue: str = "floor-requeue"
    redirect: str = "floor-redirect"
    family: str = "floor"
    trunks: tuple[str, ...] = ("from-trunk", "from-pstn", "from-external")


PAUSES = (
    PauseWord("小休", "break"), PauseWord("用餐", "break"), PauseWord("喝水", "break"), PauseWord("洗手间", "break"),
    PauseWord("rest", "break"), PauseWord("meal", "break"), PauseWord("break", "break"), PauseWord("lunch", "break"),
    PauseWord("培训", "training"), PauseWord("学习", "training"), PauseWord("training", "training"),
    PauseWord("会议", "meeting"), PauseWord("班前会", "meeting"), PauseWord("meeting", "meeting"),
    PauseWord("辅导", "coaching"), PauseWord("coaching", "coaching"),
    PauseWord("工单处理", "casework"), PauseWord("案头", "casework"), PauseWord("casework", "casework"),
    PauseWord("话后整理", "acw"), PauseWord("after-call", "acw"), PauseWord("wrap-up", "acw"),
    PauseWord("Auto-Pause", "not_responding"), PauseWord("未应答", "not_responding"),
    PauseWord("强制示忙", "forced_busy"),
)  # fmt: skip
"""What reasons mean that a site says nothing about; `Auto-Pause` is what Asterisk itself writes."""


class Asterisk(Struct, frozen=True):
    """The site's Asterisk: its manager port, the gateway's user there, and the names that differ.

    The secret of `user` is read from the environment (WATCHFLOOR_ASTERISK_SECRET) or from `secret_file`, a path
    relative to the site folder. `resync_s` is how often everything is asked for again and compared.
    """

    host: str = "127.0.0.1"
    port: int = 5038
    tls: bool = False
    user: str = "gateway"
    secret_file: str = "asterisk.secret"
    resync_s: float = 60.0
    queues: tuple[QueueName, ...] = ()
    pauses: tuple[PauseWord, ...] = ()
    wrap_ups: tuple[WrapUp, ...] = ()
    media: Media = Media()
    dialplan: Dialplan = Dialplan()
