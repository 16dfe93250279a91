"""`main.py console`: the supervisor's desk on the floor of a gateway, or the desk as a picture."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from config.arguments import file_name
from console.arguments import (
    DEFAULT_GATEWAY,
    TOKEN,
    address_of,
    certificate_of,
    dpr_of,
    size_of,
    timeout_of,
    token_of,
)  # fmt: skip
from console.hands import links
from console.looks import COLOURS, CONTRASTS, MOTIONS, TEXTS, THEMES
from console.options import FAILED, USAGE, Options
from console.words import Words

PICTURE = "1600x1000"
"""The size of a picture in logical pixels."""


def main(arguments: Sequence[str]) -> int:
    """Run the desk and return its exit code."""
    try:
        options = parsed(arguments)
    except ValueError as mistake:
        sys.stderr.write(f"watchfloor console: {mistake}\n")
        return USAGE
    if options.shot is not None:
        if not os.environ.get("QT_QPA_PLATFORM"):
            os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a picture needs no display, so a wrong one is no matter
        from console.desk import take

        return take(options)
    from console.machine import display_server, system_libraries

    refusal = display_server.refusal(system_libraries.as_given(os.environ))
    if refusal:
        sys.stderr.write(f"watchfloor console: {refusal}\n")
        return FAILED
    from config.environment.folders import data_folder
    from console import crash
    from console.running import show

    crash.keep_log(data_folder() / "logs", "desk", verbose=options.verbose)
    return show(options)


def parsed(arguments: Sequence[str]) -> Options:
    """The command line as options. Raises ValueError with what to do, SystemExit for --help."""
    given = _parser().parse_args(list(arguments))
    size = given.size or (PICTURE if given.shot else "")
    named = bool(given.gateway or given.token or given.token_file or os.environ.get(TOKEN) or given.shot)
    gateway = address_of(given.gateway or DEFAULT_GATEWAY) if named else ""
    return Options(
        gateway=gateway,
        token=token_of(given.token, given.token_file) if named else "",
        certificate=certificate_of(given.certificate, gateway) if named else "",
        look=_look(given),
        shot=given.shot,
        seat=given.seat,
        size=size_of(size) if size else None,
        dpr=dpr_of(given.dpr),
        timeout=timeout_of(given.timeout),
        verbose=given.verbose,
        links=tuple(_link(text) for text in given.link),
    )


def _link(text: str) -> str:
    """A link as it was given. Raises ValueError with what there is.

    Looked at here, because later only a desk could say it, and that opens first, or runs already on another screen.
    """
    found = links.parsed(text, Words("en"))
    if isinstance(found, str):
        raise ValueError(found)
    return text


def _look(given: argparse.Namespace) -> dict[str, object]:
    """What of the look was given, by fields of :class:`console.looks.Look`."""
    if given.text is not None and not TEXTS[0] <= given.text <= TEXTS[-1]:
        raise ValueError(f"--text {given.text} is not a size of text; give one from {TEXTS[0]} to {TEXTS[-1]} per cent")
    names = {"theme": "theme", "contrast": "contrast", "colours": "colours", "motion": "motion", "text": "text"}
    chosen = {field: getattr(given, name) for field, name in {**names, "language": "lang"}.items()}
    return {field: value for field, value in chosen.items() if value is not None}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py console", description=__doc__)
    parser.add_argument("link", nargs="*", help="what to open, such as floor://seat/108, here or in a desk that runs")
    parser.add_argument(
        "--gateway", metavar="URL", help=f"default: the floor of last time; with a token alone {DEFAULT_GATEWAY}"
    )
    parser.add_argument(
        "--token", default="", help=f"credential; better in {TOKEN} or --token-file, where ps cannot see it"
    )
    parser.add_argument(
        "--token-file", metavar="FILE", type=file_name, help="a file that holds nothing but the credential"
    )
    parser.add_argument("--certificate", metavar="FILE", default="", help="authority to trust for wss: addresses")
    parser.add_argument("--theme", choices=THEMES, help="default: as last time, else the system's")
    parser.add_argument("--contrast", choices=CONTRASTS, help="default: as last time, else the system's")
    parser.add_argument("--colours", choices=COLOURS, help="of agents: grey is normal (house), or green, amber and red")
    parser.add_argument("--motion", choices=MOTIONS, help="still: nothing blinks or slides")
    parser.add_argument("--text", metavar="PERCENT", type=int, help="size of everything, 90 to 150; default: 100")
    parser.add_argument("--lang", choices=("zh_CN", "en"), help="default: as last time, else the site's")
    parser.add_argument("--size", metavar="WxH", default="", help="of the window (as last time) or picture (1600x1000)")
    picture = parser.add_argument_group("a picture instead of a window")
    picture.add_argument("--shot", metavar="FILE", type=file_name, help="write a PNG once all data is there, and end")
    picture.add_argument("--seat", metavar="NUMBER", default="", help="the seat that is chosen on the picture")
    picture.add_argument("--dpr", type=float, default=1.0, help="picture pixels per logical pixel, default 1")
    picture.add_argument(
        "--timeout", metavar="S", type=float, default=15.0, help="seconds to wait for data, default 15"
    )
    parser.add_argument("--verbose", action="store_true", help="tell more in the log")
    return parser
