"""Takes out of a text what must not leave the house: secrets, phone numbers, names of hosts and of people.

When in doubt it takes out too much: a maintainer can ask for a line, but nobody can call back a number that was sent.
"""

from __future__ import annotations

import getpass
import importlib.metadata
import os
import re
import socket
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

OURS = ("config", "console", "feeds", "main", "tests", "watchfloor", "widgets")
FILE_ENDINGS = frozenset(
    "bat|cfg|csv|db|dll|exe|gz|html|ini|js|json|lock|log|md|otf|png|py|pyc|so|sqlite|svg|toml|ttf|txt|wav|xml|yaml|yml|"
    "zip".split("|")
)
_TOP_LEVEL_DOMAINS = frozenset(
    "ae|af|ai|app|arpa|asia|at|biz|br|ca|ch|cloud|cn|co|com|corp|de|dev|edu|es|eu|example|fr|gov|hk|home|id|in|info|int|"
    "internal|intranet|invalid|io|ir|it|jp|kr|kz|lan|local|localdomain|me|mil|mx|my|net|nl|no|nz|online|org|pe|pk|pl|"
    "pro|ru|sa|se|sg|site|test|th|tr|tw|ua|uk|us|vn|xyz|za".split("|")
)
_SECRET_KEYS = (
    "token|secret|passwd|password|passphrase|pwd|api[_-]?key|credential|cookie|authorization|auth|session|salt|dsn"
)
_PERSON_KEYS = (
    "user|username|user_name|login|account|agent|supervisor|caller|callerid|customer|contact|owner|client|name|by|who"
)
_NUMBER_KEYS = "phone|mobile|number|extension|exten|ext|did|ani|cli|msisdn|dial|called|calling|from_number|to_number"
_HOST_KEYS = "host|hostname|server|peer|address|addr|domain|realm|endpoint|remote|gateway_host|computer|machine"
SITE_KEYS = frozenset(
    f"{_SECRET_KEYS}|{_PERSON_KEYS}|{_NUMBER_KEYS}|{_HOST_KEYS}|names|label|title|full_name|display_name|first_name|"
    "last_name|email|mail|hash|listen|url|device|channel|trunk|badge|staff|key|path".split("|")
)
TRADE = frozenset("agent|call|case|desk|floor|gateway|group|line|queue|seat|service|site|team|the|wall".split("|"))
"""Words that a site's names share with every log line; to take them out would leave nothing to read."""
_VALUE = r"""(?:"[^"\n]*"|'[^'\n]*'|<[^>\n]*>|[^\s,;&|)\]}]+)"""


_WORDS = r"""(?:"[^"\n]*"|'[^'\n]*'|<[^>\n]*>|[^\s,;&|)\]}][^,;&|)\]}\n]*)"""


def _keyed(keys: str, value: str = _VALUE) -> re.Pattern[str]:
    key = rf"""(?<![a-z])(?:[\w-]*[_-])?(?:{keys})s?["']?\s*[:=]\s*(?:bearer\s+|basic\s+)?"""
    return re.compile(rf"(?i)({key})({value})")


_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)([\\/](?:home|Users|Documents and Settings)[\\/])[^\\/\s\"']+"), r"\1<user>"),
    (re.compile(r'"[^"\n]+"(?= ?<\+?[\d*#]+>)'), "<name>"),  # of a caller, as Asterisk writes it
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]+"), r"\1 <secret>"),
    (_keyed(_SECRET_KEYS), r"\1<secret>"),
    (_keyed(_NUMBER_KEYS), r"\1<number>"),
    (_keyed(_HOST_KEYS), r"\1<host>"),
    (_keyed(_PERSON_KEYS, _WORDS), r"\1<name>"),
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^/\s\"'<>]+"), r"\1<host>"),
    (re.compile(r"(?i)\b(sips?|tel):[^\s\"'<>;]+"), r"\1:<number>"),
    (re.compile(r"[\w.+%-]+@[\w.-]+"), "<mail>"),
    (re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?![\w.])"), "<address>"),
    (re.compile(r"(?i)(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}:?[0-9a-f]{1,4}(?!\w)"), "<address>"),
    (re.compile(r"(?i)(?<![\w:])[0-9a-f:]*::[0-9a-f:]+"), "<address>"),
)
_OUR_LOGGERS = "asyncio|config|console|feeds|qt|watchfloor|websockets|widgets"
_LOGGED = re.compile(rf"^(\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d,\d{{3}} [A-Z]+ (?:{_OUR_LOGGERS})[\w.]*: )", re.MULTILINE)
"""How a line of our logs begins: the logger's name is no key whose value is a name, although it may end in `client`."""
_HOST_AND_PORT = re.compile(r"(?i)(?<![\w./\\<])([a-z][\w.-]*):\d{2,5}(?![\w:])")
_DOTTED = re.compile(r"(?<![\w/\\<.-])[^\W\d_][\w-]*(?:\.[\w-]+)*\.[^\W\d_][\w-]+(?![\w-])")
_LONG = re.compile(
    r"(?<![\w<])(?!\d{8}T\d{6}Z)(?=[\w+=~-]*\d)(?=[\w+=~-]*[A-Za-z])[\w+=~-]{20,}(?![\w>])|(?<!\w)[0-9a-fA-F]{16,}(?!\w)"
)
_DATE_OR_NUMBER = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?!\d))"
    r"|(?P<stamp>(?<!\d)\d{8}T\d{6}Z)"
    r"|[+(]{0,2}\d[\d\s().*/-]{4,}\d"
)


class Redactor:
    """Replaces known words, then whatever has the form of a secret, a number, a host or a person."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """`known` maps a word that must not be seen to what stands in its place, such as `<host>`."""
        self._known = {word.casefold(): mark for word, mark in known.items() if word.strip()}
        words = sorted(map(re.escape, self._known), key=len, reverse=True)
        self._words = re.compile(rf"(?i)(?<![^\W_])(?:{'|'.join(words)})(?![^\W_])") if words else None
        self._modules = {*OURS, *sys.stdlib_module_names, *importlib.metadata.packages_distributions()}

    def text(self, text: str) -> str:
        """The text without what must not leave the house."""
        return "".join(part if number % 2 else self._without(part) for number, part in enumerate(_LOGGED.split(text)))

    def _without(self, text: str) -> str:
        if self._words is not None:
            text = self._words.sub(lambda match: self._known.get(match[0].casefold(), "<name>"), text)
        for pattern, mark in _RULES:
            text = pattern.sub(mark, text)
        text = _LONG.sub("<secret>", text)
        text = _DATE_OR_NUMBER.sub(self._number, text)
        text = _HOST_AND_PORT.sub(lambda match: match[0] if self._is_code(match[1]) else "<host>", text)
        return _DOTTED.sub(lambda match: match[0] if self._is_code(match[0]) else "<host>", text)

    @staticmethod
    def _number(match: re.Match[str]) -> str:
        if match["date"] or match["stamp"] or sum(letter.isdigit() for letter in match[0]) < 6:
            return match[0]
        return "<number>" + (" " if match[0].endswith(" ") else "")

    def _is_code(self, name: str) -> bool:
        first, _, _ = name.partition(".")
        last = name.rpartition(".")[2].lower()
        if last in FILE_ENDINGS and name.count(".") == 1:
            return True
        return "." in name and last not in _TOP_LEVEL_DOMAINS and first in self._modules


def of_this_machine(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The names of this machine, its domain and whoever uses it."""
    words = {_home(): "<home>"}
    for key in ("USER", "USERNAME", "LOGNAME", "SUDO_USER"):
        words[environment.get(key, "")] = "<user>"
    try:
        words[getpass.getuser()] = "<user>"
    except (KeyError, OSError, ImportError):  # Windows has no module that knows users
        words[Path(_home()).name] = "<user>"
    hosts = [socket.gethostname(), *(environment.get(key, "") for key in ("HOSTNAME", "COMPUTERNAME", "USERDOMAIN"))]
    hosts += list(_configured_hosts())
    for host in hosts:
        words |= dict.fromkeys((host, host.partition(".")[0], host.partition(".")[2]), "<host>")
    return {word: mark for word, mark in words.items() if len(word) > 1 and "localhost" not in word.lower()}


def _home() -> str:
    try:
        return str(Path.home())
    except RuntimeError:  # nobody's, as in a container
        return ""


def _configured_hosts() -> Iterator[str]:
    for path, first in ((Path("/etc/hosts"), None), (Path("/etc/resolv.conf"), ("search", "domain"))):
        try:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        for words in (line.partition("#")[0].split() for line in lines):
            if len(words) > 1 and (first is None or words[0] in first):
                yield from (word for word in words[1:] if not word.startswith(("ip6-", "local")))


def of_a_site(documents: Iterable[Any]) -> dict[str, str]:
    """The names, numbers, hosts and secrets that a site's YAML documents hold."""
    words: dict[str, str] = {}
    for document in documents:
        for value in _values(document, False):
            for word in (value, *re.split(r"[\s@:/]+", value)):
                least = 2 if any(ord(letter) > 0x2E80 for letter in word) else 3
                if len(word) >= least and word.lower() not in TRADE:
                    words[word] = "<site>"
    return words


def _values(thing: Any, told: bool) -> Iterator[str]:
    if isinstance(thing, dict):
        for key, value in thing.items():
            parts = {str(key).lower(), *re.split(r"[_\W]+", str(key).lower())}
            yield from _values(value, told or not SITE_KEYS.isdisjoint(parts | {part.rstrip("s") for part in parts}))
    elif isinstance(thing, list):
        for value in thing:
            yield from _values(value, told)
    elif told and isinstance(thing, str | int) and not isinstance(thing, bool):
        yield str(thing)
