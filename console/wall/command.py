"""`main.py wall`: the wallboard of a gateway, full screen on a named screen, or one page of it as a picture."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from config.arguments import file_name
from console.arguments import (
    DEFAULT_GATEWAY,
    TOKEN,
    address_of,
    certificate_of,
    dpr_of,
    renewed,
    size_of,
    timeout_of,
    token_of,
    within,
)  # fmt: skip
from console.wall.options import Options

if TYPE_CHECKING:
    from console.feeding import Feed

PICTURE, WINDOW = "1920x1080", "1280x720"
"""Their sizes in logical pixels; full screen a wall has that of its screen."""
DIAGONAL = "the diagonal of a screen in inches", 5, 2_000
DISTANCE = "the distance of a reader in metres", 0.3, 200
FAILED, USAGE = 1, 2


def main(arguments: Sequence[str]) -> int:
    """Run the wall and return its exit code."""
    try:
        options = parsed(arguments)
    except ValueError as mistake:
        sys.stderr.write(f"watchfloor wall: {mistake}\n")
        return USAGE
    if options.shot is not None:
        return _take(options)
    from console.wall.guardian import guarded

    return guarded(lambda: _show(options), arguments)


def _take(options: Options) -> int:
    if not os.environ.get("QT_QPA_PLATFORM"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a picture needs no display, so a wrong one is no matter
    from console.wall.shot import take

    return take(options)


def _show(options: Options) -> int:
    from console.machine import display_server, system_libraries

    refusal = display_server.refusal(system_libraries.as_given(os.environ))
    if refusal:
        sys.stderr.write(f"watchfloor wall: {refusal}\n")
        return FAILED
    from config.environment.folders import data_folder
    from console import crash
    from console.wall.guardian import tell_endings

    crash.keep_log(data_folder() / "logs", "wall", verbose=options.verbose)
    tell_endings()
    feed = begin(options)
    from console.wall.kiosk import show

    return show(options, feed)


def begin(options: Options) -> Feed:
    """Follow the feed already now: while Qt is loaded the gateway answers, and the first picture shows the floor.

    Nothing that is made while starting is garbage, and looking for some costs a tenth of the time: the kiosk begins
    with that once the floor is shown. Until then enumerations are built quickly, too.
    """
    gc.disable()
    from console.feeding import Address, Feed
    from console.machine import quick_enums, quick_qt

    token = renewed(options.token, options.token_file)
    feed = Feed(Address(options.gateway, token, options.certificate), glance=True)
    feed.start()
    quick_enums.begin()
    quick_qt.load()
    return feed


def parsed(arguments: Sequence[str]) -> Options:
    """The command line as options. Raises ValueError with what to do, SystemExit for --help."""
    given = _parser().parse_args(list(arguments))
    width, height = size_of(given.size or (PICTURE if given.shot else WINDOW))
    gateway = address_of(given.gateway)
    return Options(
        gateway=gateway,
        token=token_of(given.token, given.token_file),
        token_file=given.token_file,
        certificate=certificate_of(given.certificate, gateway),
        screen=given.screen,
        windowed=given.windowed,
        blink=not given.no_blink,
        page=given.page,
        theme=given.theme,
        language=given.lang,
        density=given.density,
        diagonal=None if given.diagonal is None else within("--diagonal", given.diagonal, *DIAGONAL),
        distance=None if given.distance is None else within("--distance", given.distance, *DISTANCE),
        shot=given.shot,
        width=width,
        height=height,
        dpr=dpr_of(given.dpr),
        timeout=timeout_of(given.timeout),
        verbose=given.verbose,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py wall", description=__doc__)
    parser.add_argument("--gateway", metavar="URL", default=DEFAULT_GATEWAY, help=f"default: {DEFAULT_GATEWAY}")
    parser.add_argument(
        "--token", default="", help=f"credential; better in {TOKEN} or --token-file, where ps cannot see it"
    )
    parser.add_argument(
        "--token-file", metavar="FILE", type=file_name, help="a file that holds nothing but the credential"
    )
    parser.add_argument("--certificate", metavar="FILE", default="", help="authority to trust for wss: addresses")
    parser.add_argument(
        "--screen", metavar="NAME", default="", help="name, number or model of the screen (default: the first)"
    )
    parser.add_argument("--windowed", action="store_true", help="an ordinary window: with a cursor, without a PIN")
    parser.add_argument(
        "--size", metavar="WxH", default="", help=f"of a picture (default: {PICTURE}) or an ordinary window ({WINDOW})"
    )
    parser.add_argument("--no-blink", action="store_true", help="reduced motion: unacknowledged criticals do not blink")
    parser.add_argument("--page", default="", help="show only this page (its id, such as overview)")
    parser.add_argument("--theme", choices=("dark", "light"), help="default: the site's")
    parser.add_argument("--lang", choices=("zh_CN", "en"), help="default: the site's")
    parser.add_argument("--density", choices=("S", "M", "L"), help="default: from the screen's size and the distance")
    parser.add_argument("--diagonal", metavar="INCHES", type=float, help="of this screen, if not as the site says")
    parser.add_argument(
        "--distance", metavar="METRES", type=float, help="of the farthest reader, if not as the site says"
    )
    picture = parser.add_argument_group("a picture instead of a window")
    picture.add_argument(
        "--shot", metavar="FILE", type=file_name, help="write the page as PNG once all data is there, and end"
    )
    picture.add_argument("--dpr", type=float, default=1.0, help="picture pixels per logical pixel, default 1")
    picture.add_argument(
        "--timeout", metavar="S", type=float, default=15.0, help="seconds to wait for data, default 15"
    )
    parser.add_argument("--verbose", action="store_true", help="tell more in the log")
    return parser
