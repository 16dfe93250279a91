"""Runs the desk: one for each data folder, on the floor that was chosen, until its window is closed for good."""

from __future__ import annotations

import gc
import logging
import os
import sys

from msgspec.structs import replace
from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QApplication

from config.environment.folders import data_folder
from console import app, crash
from console.desk import Desk, kept, look_of
from console.entry import present, store
from console.entry.child import ChildGateway
from console.entry.panel import EntryPage
from console.entry.present import Trouble
from console.entry.store import Connection
from console.feeding import Address
from console.floor import keeping
from console.habits import FILE as HABITS
from console.habits import Habits
from console.looks import scale_of
from console.machine.instance import ACTIVATION, Instance, Place, Word
from console.options import FAILED, Options
from console.phrases.times import local
from console.reports import store as reports
from console.reports.panel import ReportsDialog
from console.theme import palette
from console.window import layouts
from console.window.attention import Attention, house_icon
from console.window.keeping import Keeper
from console.window.scaling import AGAIN, scaled, start_again
from console.words import Words

USUAL = QSize(1440, 900)
RESUME = "WATCHFLOOR_RESUME_AT"
"""Where a floor of our own goes on after the desk has started itself again, by the floor's own clock."""
OTHER_FLOOR = 92
"""How the application ends when somebody wants to see another floor."""

log = logging.getLogger("console.running")


def show(options: Options) -> int:
    """Run the desk and return an exit code."""
    saved, sound = layouts.load(layouts.layout_file())
    with scaled(look_of(options, saved)):
        application = app.application()
    instance = Instance(data_folder())
    place = instance.take(Word(options.links, os.environ.pop(ACTIVATION, ""), options.gateway))
    if place is Place.HANDED_OVER:
        if options.names_a_floor:
            sys.stderr.write(f"watchfloor console: {Words('en')('instance.goes_on', folder=data_folder())}\n")
        return 0
    if place is Place.SILENT:
        sys.stderr.write(f"watchfloor console: {Words('en')('instance.silent')} ({data_folder()})\n")
        return FAILED
    reports.take_faults(data_folder() / "logs" / "desk-faults.txt")
    crash.catch_all()
    app.quit_on_signals(application)
    application.setWindowIcon(house_icon(palette("light")))
    gc.freeze()  # the program itself never becomes garbage; looking it over each time held the window up
    running = Running(application, options, instance, sound)
    try:
        code = running.run()
    finally:
        running.end()
        instance.end()
        crash.let_go()
    return start_again() if code == AGAIN else code


class Running(QObject):
    """A desk on one floor after the other, with the gateway that it started for one of them."""

    def __init__(self, application: QApplication, options: Options, instance: Instance, sound: bool = True) -> None:
        super().__init__()
        self._application, self._options, self._sound = application, options, sound
        self._links = list(options.links)
        self._child: ChildGateway | None = None
        self._resume = os.environ.pop(RESUME, "")
        self.desk: Desk | None = None
        self.page: EntryPage | None = None
        instance.called.connect(self._on_called)

    def run(self) -> int:
        """Show floors until somebody has seen enough; returns how the application ended."""
        wanted, straight = self._last_floor()
        while True:
            address = self._enter(wanted, straight=straight)
            if address is None:
                return 0
            code = self._look_at(address)
            self.end()
            if code != OTHER_FLOOR:
                return code
            wanted, straight = store.load(store.connection_file()), False

    def end(self) -> None:
        """End the gateway that was started for the floor."""
        child, self._child = self._child, None
        if child is not None:
            child.end()
            child.deleteLater()

    def _last_floor(self) -> tuple[Connection | None, bool]:
        """The floor of last time, and whether that can be shown without asking."""
        wanted = store.load(store.connection_file())
        return wanted, self._options.names_a_floor or (wanted is not None and store.is_complete(wanted))

    # Which floor

    def _enter(self, wanted: Connection | None, *, straight: bool) -> Address | None:
        """The address of a floor that can be shown; None when nobody wants one."""
        options = self._options
        if straight and options.names_a_floor:
            return Address(options.gateway, options.token, options.certificate, "desk")
        if straight and wanted is not None and wanted.kind == "gateway" and not _mistake(wanted):
            return Address(
                wanted.url, wanted.token, wanted.certificate, "desk"
            )  # its desk says what is wrong, and waits
        return self._ask(wanted, at_once=straight)

    def _ask(self, wanted: Connection | None, *, at_once: bool) -> Address | None:
        """Show the page of floors; with `at_once` it tries what was chosen last, and is only needed if that fails."""
        saved, _ = layouts.load(layouts.layout_file())
        found: list[Address] = []
        page = self.page = EntryPage(look_of(self._options, saved), wanted)
        page.resume_at, self._resume = self._resume if at_once else "", ""

        def on_entered(connection: Connection, address: Address) -> None:
            found.append(address)
            store.save(store.connection_file(), connection, with_token=page.keeps_token)
            self._child = page.child
            self._application.exit(0)

        page.entered.connect(on_entered)
        page.left.connect(lambda: self._application.exit(0))
        page.show()
        if at_once:
            page.go()
        self._application.exec()
        self.page = None
        page.blockSignals(True)
        page.close()
        page.deleteLater()
        if page.look.language != saved.look.language and found:
            layouts.save(layouts.layout_file(), replace(saved, look=replace(saved.look, language=page.look.language)))
        return found[0] if found else None

    # The desk on it

    def _look_at(self, address: Address) -> int:
        path = layouts.layout_file()
        saved, sound = layouts.load(path)
        asked = self._options
        options = replace(asked, gateway=address.url, token=str(address.token), certificate=address.certificate)
        desk = self.desk = Desk(options, saved, Habits(path.with_name(HABITS)))
        window, application = desk.window, self._application
        size = QSize(*options.size) / scale_of(look_of(options, saved)) if options.size else QSize()
        window.resize(size if options.size else USUAL)
        sound = window.restore(saved) and sound and self._sound
        self._sound = True
        if options.size:
            window.resize(size)
        desk.floor.keep_in(keeping.view_file())
        keeper = Keeper(window, path, saved, lambda left: kept(left, options, saved), self)
        window.offer(floors=True)
        closed = window.closed.connect(lambda: application.exit(0))
        window.size_chosen.connect(lambda _: application.exit(AGAIN))
        window.menu.floor_asked.connect(lambda: application.exit(OTHER_FLOOR))
        desk.session.live.changed.connect(self._open_links)
        if self._child is not None:
            self._child.failed.connect(self._on_child_died)
        attention = Attention(window, stays=saved.tray, parent=self)
        attention.wanted.connect(self.to_front)
        attention.ended.connect(lambda: application.exit(0))
        window.menu.reports_asked.connect(self._show_reports)
        window.offer(reports=len(reports.listed()))
        self._tell_what_is_wrong(sound)
        desk.start()
        code = application.exec()
        keeper.stop()
        attention.stop()
        if code == AGAIN and self._child is not None:
            os.environ[RESUME] = self._floor_time(desk)
        self.desk = None
        window.closed.disconnect(closed)  # an exit that nobody waits for would end the next loop before it begins
        desk.stop()
        window.deleteLater()
        desk.deleteLater()
        return code

    def _floor_time(self, desk: Desk) -> str:
        sight = desk.session.live.sight()
        return f"{local(sight.site, sight.now):%Y-%m-%dT%H:%M}" if sight.site is not None else ""

    def _tell_what_is_wrong(self, sound: bool) -> None:
        assert self.desk is not None
        folder = data_folder()
        if not os.access(folder, os.W_OK | os.X_OK):
            self.desk.window.say("data.unwritable", folder=str(folder))
        elif not sound:
            self.desk.window.say("layout.reset")
        fresh = reports.fresh()
        if fresh:
            self.desk.window.say("reports.fresh", self._show_reports, count=len(fresh))
            reports.mark_offered()

    def _show_reports(self) -> None:
        if self.desk is not None:
            window = self.desk.window
            dialog = ReportsDialog(window, window.words)
            dialog.finished.connect(lambda _: window.offer(reports=len(reports.listed())))
            dialog.open()

    def _on_child_died(self, said: str) -> None:
        log.error("the gateway of this desk has ended: %s", said)
        if self.desk is not None:
            self.desk.window.say("entry.ended", lambda: self._application.exit(OTHER_FLOOR))

    # Another start

    def _on_called(self, word: Word) -> None:
        """Come to the front, with what the other start was given."""
        self._links += word.links
        self.to_front()
        self._open_links()
        if word.gateway and self.desk is not None:  # whoever gave it may take this floor, or this role, for theirs
            self.desk.hands.say("instance.other", {"floor": word.gateway})

    def to_front(self) -> None:
        """Have whatever is shown now where somebody sees it."""
        window = self.desk.window if self.desk is not None else self.page
        if window is None:
            return
        window.setWindowState(window.windowState() & ~window.windowState().WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        QApplication.alert(window)  # where the system lets nobody come to the front by himself

    def _open_links(self, *_: object) -> None:
        """Open what was asked for, as soon as the floor is there."""
        if self.desk is None or not self._links or not self.desk.session.live.complete:
            return
        links, self._links = self._links, []
        for link in links:
            refusal = self.desk.open_link(link)
            if refusal:
                self.desk.window.say("refused.action", reason=refusal)


def _mistake(connection: Connection) -> Trouble | None:
    return present.mistake(connection, Words("en"))
