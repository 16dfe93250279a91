"""Every action of the desk, once: its words, its shortcut, whether it is possible now, and if not, why."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from console.words import Words

log = logging.getLogger("console.shortcuts.actions")


def always() -> str:
    """The answer of what can be done at any time to why it cannot be done."""
    return ""


class Action(Struct, frozen=True):
    """Something that can be done at the desk.

    `title` tells its name in the words of the desk, `keys` its usual shortcuts (portable, separated by blanks),
    `why_not` why it cannot be done now: empty when it can.
    """

    id: str
    title: Callable[[Words], str]
    run: Callable[[], object]
    keys: str = ""
    group: str = "desk"
    icon: str = ""
    why_not: Callable[[], str] = always


def named(key: str, **values: object) -> Callable[[Words], str]:
    """The title that has that key."""
    return lambda words: words(key, **values)


class Actions(QObject):
    """The actions of one window, as menus, shortcuts and the finder have them.

    Signals: `refused(str)` with why an action that was asked for cannot be done, `changed()` when shortcuts are others.
    """

    refused = Signal(str)
    changed = Signal()

    def __init__(self, window: QWidget, words: Words, others: Sequence[QWidget] = ()) -> None:
        """Shortcuts work in the other windows of the desk as well."""
        super().__init__(window)
        self._windows, self.words = (window, *others), words
        self._all: dict[str, Action] = {}
        self._made: dict[str, QAction] = {}
        self._own: dict[str, str] = {}

    def __iter__(self) -> Iterator[Action]:
        return iter(self._all.values())

    def __contains__(self, id_: str) -> bool:
        return id_ in self._all

    def __getitem__(self, id_: str) -> Action:
        return self._all[id_]

    def add(self, action: Action) -> QAction:
        """Offer an action; its shortcut works wherever a window of the desk has the keyboard."""
        made = QAction(self._windows[0])
        made.triggered.connect(lambda _=False, id_=action.id: self.run(id_))
        self._all[action.id], self._made[action.id] = action, made
        for window in self._windows:
            window.addAction(made)
        if action.id in self._own:  # what was usual for another may be its shortcut
            self.dress(self.words)
        else:
            self._dress(action)
        return made

    def qaction(self, id_: str) -> QAction:
        """The action as Qt knows it, for a menu."""
        return self._made[id_]

    def has(self, made: QAction) -> bool:
        """Whether an action of Qt's is one of ours."""
        return made in self._made.values()

    def run(self, id_: str) -> bool:
        """Do it, or say why it cannot be done now."""
        action = self._all[id_]
        why = action.why_not()
        if why:
            self.refused.emit(f"{action.title(self.words)}{self.words('order.colon')}{why}")
            return False
        action.run()
        return True

    def dress(self, words: Words) -> None:
        """Have every action in those words."""
        self.words = words
        for action in self._all.values():
            self._dress(action)

    def _dress(self, action: Action) -> None:
        made, title = self._made[action.id], action.title(self.words)
        shortcuts = [QKeySequence(keys) for keys in self.keys(action.id).split()]
        made.setText(title)
        made.setShortcuts(shortcuts)
        made.setToolTip(self.tip(action.id))

    # Shortcuts

    def keys(self, id_: str) -> str:
        """The shortcuts in force, portable, separated by blanks; empty for none.

        What somebody gave to one action is no other's, whatever is usual: two with one shortcut would do nothing.
        """
        have = self._own.get(id_, self._all[id_].keys).split()
        return " ".join(one for one in have if self._owners().get(QKeySequence(one).toString(), id_) == id_)

    def _owners(self) -> dict[str, str]:
        """Whose each shortcut is that somebody chose; the first one's where a file names two."""
        found: dict[str, str] = {}
        for id_, keys in self._own.items():
            for one in keys.split() if id_ in self._all else ():
                found.setdefault(QKeySequence(one).toString(), id_)
        return found

    def shown_keys(self, id_: str) -> str:
        """The first shortcut as people read it on this system."""
        first = next(iter(self.keys(id_).split()), "")
        return QKeySequence(first).toString(QKeySequence.SequenceFormat.NativeText)

    def tip(self, id_: str) -> str:
        """The action's words with its shortcut, for a tooltip."""
        title, keys = self._all[id_].title(self.words), self.shown_keys(id_)
        return f"{title} ({keys})" if keys else title

    def is_changed(self, id_: str) -> bool:
        """Whether somebody gave it other shortcuts than the usual ones."""
        return id_ in self._own

    def holder(self, keys: str, but: str = "") -> str:
        """The id of another action that has a shortcut already; empty when it is free."""
        wanted = {QKeySequence(one).toString() for one in keys.split()}
        for id_ in self._all:
            if id_ != but and wanted & {QKeySequence(one).toString() for one in self.keys(id_).split()}:
                return id_
        return ""

    def set_keys(self, id_: str, keys: str) -> None:
        """Give an action other shortcuts; whoever had them before has them no longer."""
        taken = {QKeySequence(one).toString() for one in keys.split()}
        for other in self._all:
            have = self.keys(other).split()
            left = [one for one in have if QKeySequence(one).toString() not in taken]
            if other != id_ and left != have:
                self._keep(other, " ".join(left))
        self._keep(id_, keys)
        self.changed.emit()

    def reset_keys(self, id_: str) -> None:
        """Give an action its usual shortcuts again, as far as they are free."""
        usual = self._all[id_].keys.split()
        self._own.pop(id_, None)
        free = [one for one in usual if not self.holder(one, id_)]
        self._keep(id_, " ".join(free))
        self.changed.emit()

    def reset_all(self) -> None:
        """Give every action its usual shortcuts again."""
        self._own.clear()
        self.dress(self.words)
        self.changed.emit()

    def own_keys(self) -> dict[str, str]:
        """What differs from the usual, to be kept."""
        return dict(self._own)

    def take_keys(self, own: Mapping[str, str]) -> None:
        """Have those shortcuts that were kept; what belongs to no action stays and does nothing."""
        for id_, keys in own.items():
            sound = [one for one in keys.split() if QKeySequence(one).toString()]
            if len(sound) != len(keys.split()):
                log.warning("the shortcut %r of %s is none, the usual one is used", keys, id_)
                continue
            self._own[id_] = keys
        self.dress(self.words)

    def _keep(self, id_: str, keys: str) -> None:
        if keys == self._all[id_].keys:
            self._own.pop(id_, None)
        else:
            self._own[id_] = keys
        self.dress(self.words)
