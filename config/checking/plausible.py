"""Checks that a site's values make sense by themselves: limits, spans, shares, addresses, hashes, the time zone."""

from __future__ import annotations

import datetime
import ipaddress
import re
import ssl
from pathlib import Path as FilePath
from typing import Final

from msgspec import Struct

from config import asterisk, schema, simulation, tokens
from config.certificates import load_pair
from config.checking.inspection import Inspection, structs
from config.convert import Path
from config.drawing import flaws
from config.figure_names import flaw_of_deadband, flaw_of_limit
from config.mistakes import quoted
from config.reading import CERTIFICATES, regular
from config.spans import minutes_of
from config.zones import ZoneError, zone_named

_ANY: Final = float("inf")
_BOUNDS: Final[dict[tuple[type[Struct], str], tuple[float, float]]] = {
    (schema.SeatType, "acw_mean_s"): (0.1, 86_400),
    (schema.Site, "break_quota"): (0, 10_000),
    (schema.Team, "break_quota"): (0, 10_000),
    (schema.OrderSettings, "undo_seconds"): (0, 3600),
    (schema.Queue, "service_seconds"): (1, 3_600),
    (schema.Queue, "capacity"): (1, _ANY),
    (schema.Queue, "priority"): (0, 1_000),
    (schema.Skill, "level"): (1, 100),
    (schema.FigureSettings, "service_seconds"): (1, 3_600),
    (schema.FigureSettings, "short_seconds"): (0, 3_600),
    (schema.FigureSettings, "longest_acceptable_wait"): (1, 86_400),
    (schema.FigureSettings, "minimum_sample"): (0, 1_000_000),
    (schema.Threshold, "raise_after"): (1, 1_000),
    (schema.Threshold, "clear_after"): (1, 1_000),
    (schema.Threshold, "deadband"): (0, _ANY),
    (schema.Threshold, "on_delay_s"): (0, 86_400),
    (schema.Threshold, "off_delay_s"): (0, 86_400),
    (schema.AlarmRule, "deadband"): (0, _ANY),
    (schema.AlarmRule, "on_delay_s"): (0, 86_400),
    (schema.AlarmRule, "off_delay_s"): (0, 86_400),
    (schema.AlarmRule, "longer_s"): (1, 86_400),
    (schema.AlarmSettings, "longest_shelf_minutes"): (1, 10_080),
    (schema.WallSettings, "rotate_seconds"): (3, 3_600),
    (schema.WallSettings, "diagonal_inches"): (5, 2_000),
    (schema.WallSettings, "farthest_metres"): (0.3, 200),
    (schema.GatewaySettings, "frame_ms"): (5, 5_000),
    (schema.GatewaySettings, "retain_days"): (1, 3_650),
    (asterisk.Asterisk, "port"): (1, 65_535),
    (asterisk.Asterisk, "resync_s"): (5, 3_600),
    (asterisk.WrapUp, "seconds"): (0, 86_400),
    (simulation.Demand, "timeout_s"): (1, 86_400),
    (simulation.Handling, "half_hour_rate_noise"): (0, 1),
    (simulation.Measure, "extra_people"): (0, 10_000),
    (simulation.Outbound, "dispatch_per_call"): (0, 10),
    (simulation.Outbound, "return_visits"): (0, 100_000),
    (simulation.Scenario, "talk_factor"): (0, 100),
    (simulation.Shift, "count"): (0, 10_000),
    (simulation.Simulation, "breaks"): (0, 10),
}
"""Least and greatest value of a number."""

_MOST: Final = (
    (("_share", "_probability"), 1.0), (("_s", "_seconds"), 86_400.0), (("_minutes",), 1_440.0), (("cv",), 10.0),
)  # fmt: skip
"""The same for all numbers of a simulation whose names end so; the least is 0."""

_SPANS: Final = (
    "shifts.*.hours",
    "simulation.shifts.*.spans.*",
    "simulation.outbound.return_visit_window",
    "simulation.training_window",
    "simulation.scenarios.*.window",
    "simulation.scenarios.*.measures.*.window",
)


def check(inspection: Inspection) -> None:
    """Add a mistake for each value that cannot be meant."""
    _bounds(inspection)
    _zone(inspection)
    _spans(inspection)
    for place, one in enumerate(inspection.site.thresholds):
        _threshold(inspection, ("thresholds", place), one)
    for place, limit in enumerate(inspection.site.seat_limits):
        _seat_limit(inspection, ("seat_limits", place), limit)
    for place, token in enumerate(inspection.site.tokens):
        _token(inspection, ("tokens", place), token)
    _hashes(inspection)
    _names(inspection)
    _day_profile(inspection)
    _wall(inspection)
    _gateway(inspection)
    _layout(inspection)
    if inspection.site.asterisk is not None:
        _asterisk(inspection, inspection.site.asterisk)


def _layout(inspection: Inspection) -> None:
    layout = inspection.site.layout
    for flaw in flaws(layout.rooms) if layout is not None else ():
        path: Path = ("layout", "rooms", flaw.room)
        inspection.say(path if flaw.row < 0 else (*path, "rows", flaw.row), flaw.why)


def _bounds(inspection: Inspection) -> None:
    for path, one in structs(inspection.site):
        simulated = type(one).__module__ == simulation.__name__
        for name in one.__struct_fields__:
            value = getattr(one, name)
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                continue
            least, greatest = _BOUNDS.get((type(one), name), (0, _most(name)) if simulated else (-_ANY, _ANY))
            if not least <= value <= greatest:
                allowed = f"at least {least:g}" if greatest == _ANY else f"from {least:g} to {greatest:.9g}"
                inspection.say((*path, name), f"`{name}` is {value:.9g}; it must be {allowed}")


def _most(name: str) -> float:
    """The most that a number of a simulated floor can be, which else would be played without an end."""
    return next((most for endings, most in _MOST if name.endswith(endings)), 1_000_000)


def _spans(inspection: Inspection) -> None:
    for pattern in _SPANS:
        for path, span in inspection.each(pattern):
            if minutes_of(span) is None:
                inspection.say(path, f"{quoted(span)} is not a span such as 09:00-17:30")


def _day_profile(inspection: Inspection) -> None:
    path: Path = ("figures", "day_profile")
    shares = inspection.site.figures.day_profile
    if not shares or inspection.is_bad(path):
        return
    if len(shares) != 24:
        inspection.say(path, f"`day_profile` has {len(shares)} numbers; a day has 24 hours")
    if min(shares) < 0 or sum(shares) <= 0:
        inspection.say(path, "`day_profile` is shares of a day's requests: none below 0, and not all of them 0")


def _zone(inspection: Inspection) -> None:
    try:
        zone_named(inspection.site.zone)
    except ZoneError as error:
        inspection.say(("zone",), str(error))


def _threshold(inspection: Inspection, path: Path, one: schema.Threshold) -> None:
    if not one.scopes:
        inspection.say((*path, "scopes"), "names no scope, so it never applies")
    for name in ("warn", "critical") if one.relative_to is None else ():
        limit: float = getattr(one, name)
        bad = inspection.is_bad((*path, name)) or inspection.is_bad((*path, "better"))
        flaw = "" if bad else flaw_of_limit(one.figure, limit, least=one.better == "high")
        if flaw:
            inspection.say((*path, name), f"`{name}` is {limit:g}: {flaw}")
    if any(inspection.is_bad((*path, name)) for name in ("better", "warn", "critical")):
        return
    if one.better == "high" and one.critical > one.warn:
        message = f"`critical` ({one.critical:g}) is above `warn` ({one.warn:g}); with `better: high` it comes below"
        inspection.say((*path, "critical"), message)
    if one.better == "low" and one.critical < one.warn:
        message = f"`critical` ({one.critical:g}) is below `warn` ({one.warn:g}); with `better: low` it comes above"
        inspection.say((*path, "critical"), message)
    least = one.better == "high"
    if one.deadband > 0 and not (least and one.relative_to is not None):
        flaw = flaw_of_deadband(one.figure, one.warn, one.deadband, least=least)
        if flaw:
            inspection.say((*path, "deadband"), flaw)


def _seat_limit(inspection: Inspection, path: Path, one: schema.SeatLimit) -> None:
    if any(inspection.is_bad((*path, name)) for name in one.__struct_fields__):
        return
    seconds, factors = (one.warn_s, one.critical_s), (one.warn_factor, one.critical_factor)
    if seconds == factors == (None, None):
        inspection.say(path, "has no limit: give `warn_s` and `critical_s`, or `warn_factor` and `critical_factor`")
    if seconds != (None, None) and factors != (None, None):
        inspection.say(path, "has limits in seconds and as factors; only one kind can hold")
    for kind, (warn, critical) in (("s", seconds), ("factor", factors)):
        for name, value in ((f"warn_{kind}", warn), (f"critical_{kind}", critical)):
            if value is not None and value <= 0:
                inspection.say((*path, name), f"`{name}` is {value:g}; it must be above 0")
        if warn is not None and critical is not None and critical < warn:
            message = f"`critical_{kind}` ({critical:g}) is below `warn_{kind}` ({warn:g}); it comes above"
            inspection.say((*path, f"critical_{kind}"), message)
    same = [
        place for place, other in enumerate(inspection.site.seat_limits)
        if (other.state, other.reason.casefold()) == (one.state, one.reason.casefold())
    ]  # fmt: skip
    if same[0] != path[1]:
        message = f"{quoted(one.state)} has limits already in {inspection.where(('seat_limits', same[0]))}"
        inspection.say((*path, "state"), message)


def _token(inspection: Inspection, path: Path, one: schema.Token) -> None:
    if not tokens.is_token_hash(one.hash):
        message = "is not a token's hash (sha256$SALT$HEX); make one with `main.py check --new-token ROLE`"
        inspection.say((*path, "hash"), message)
    if one.expires is not None and not _is_moment(one.expires):
        message = f"{quoted(one.expires)} is no date such as 2030-12-31 or 2030-12-31T18:00+08:00"
        inspection.say((*path, "expires"), message)


def _hashes(inspection: Inspection) -> None:
    """One text must not open two doors: whoever has it would be somebody else, or could do more, than is meant."""
    first: dict[str, int] = {}
    for place, one in enumerate(inspection.site.tokens):
        earlier = first.setdefault(one.hash.lower(), place)
        if earlier != place and tokens.is_token_hash(one.hash):
            where = f"{quoted(inspection.site.tokens[earlier].id)} ({inspection.where(('tokens', earlier))})"
            message = f"is the hash of {where} too; make one of its own with `main.py check --new-token ROLE`"
            inspection.say(("tokens", place, "hash"), message)


def _names(inspection: Inspection) -> None:
    for path, one in structs(inspection.site):
        if not isinstance(one, schema.Name):
            continue
        for language in ("zh", "en"):
            if not getattr(one, language).strip():
                inspection.say(
                    (*path, language), "is empty, so nothing would be shown; write the name in both languages"
                )


def _is_moment(text: str) -> bool:
    try:
        datetime.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _wall(inspection: Inspection) -> None:
    wall = inspection.site.wall
    for place, page in enumerate(wall.pages):
        path: Path = ("wall", "pages", place)
        if page.kind == "group" and page.group is None:
            inspection.say(path, "a page of the kind `group` needs a `group`")
        if page.kind != "group" and page.group is not None:
            message = f"only a page of the kind `group` has a group, not one of {quoted(page.kind)}"
            inspection.say((*path, "group"), message)
    if len(wall.headlines) > 4:
        inspection.say(("wall", "headlines", 4), f"{len(wall.headlines)} headlines; a wall page has room for four")
    if wall.pin_hash and not tokens.is_pin_hash(wall.pin_hash):
        message = "is not a PIN's hash (scrypt$SALT$HEX); make one with `main.py check --new-pin`"
        inspection.say(("wall", "pin_hash"), message)


def _gateway(inspection: Inspection) -> None:
    gateway = inspection.site.gateway
    host = host_of(gateway.listen)
    if host is None:
        inspection.say(("gateway", "listen"), f"{quoted(gateway.listen)} is not HOST:PORT, such as 127.0.0.1:8765")
    elif (re.fullmatch("[0-9.]+", host) or ":" in host) and not _is_address(host):
        inspection.say(("gateway", "listen"), f"{quoted(host)} is no address such as 127.0.0.1")
    elif not is_loopback(host):
        for place, token in enumerate(inspection.site.tokens):
            if not token.revoked and any(tokens.verify_token(text, token.hash) for text in tokens.DEMO_TOKENS):
                message = f"is a public token of the demo, but {quoted(gateway.listen)} is open to other machines"
                inspection.say(("tokens", place, "hash"), message)
    for name, other in (("certificate", "private_key"), ("private_key", "certificate")):
        file = getattr(gateway, name)
        if file and not getattr(gateway, other):
            inspection.say(("gateway", name), f"`{name}` without `{other}`: TLS needs both")
        if "-----BEGIN" in file:
            inspection.say(("gateway", name), "names a file; write what is here into one and its name here")
            continue
        try:
            size = regular(inspection.folder / file).st_size if file else 0
        except (OSError, ValueError) as error:
            message = f"there is no file {quoted(file)} in the site's folder"
            if not isinstance(error, FileNotFoundError):
                message = f"{quoted(file)} cannot be read: {getattr(error, 'strerror', None) or error}"
            inspection.say(("gateway", name), message)
            continue
        if size > CERTIFICATES:
            most = f"{CERTIFICATES // 1024 // 1024} MiB"
            inspection.say(("gateway", name), f"{quoted(file)} is longer than {most}: no certificate or key is")


def check_certificate(inspection: Inspection) -> None:
    """Add a mistake where the gateway could not serve with its certificate; who may read it is the gateway's affair."""
    gateway = inspection.site.gateway
    files = [inspection.folder / file for file in (gateway.certificate, gateway.private_key) if file]
    if len(files) < 2 or not all(_is_there(file) for file in files):
        return  # told already
    unfit = load_pair(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), *files)
    if unfit is not None and not unfit.closed:
        inspection.say(("gateway", unfit.part), f"{quoted(getattr(gateway, unfit.part))} {unfit.why}")


def _is_there(file: FilePath) -> bool:
    try:
        return regular(file).st_size <= CERTIFICATES
    except (OSError, ValueError):
        return False


def _asterisk(inspection: Inspection, one: asterisk.Asterisk) -> None:
    if host_of(one.media.listen) is None:
        message = f"{quoted(one.media.listen)} is not HOST:PORT, such as 127.0.0.1:8766"
        inspection.say(("asterisk", "media", "listen"), message)
    if not one.secret_file.strip():
        inspection.say(("asterisk", "secret_file"), "`secret_file` names no file, such as asterisk.secret")
    words: dict[Path, str] = {("asterisk", "host"): one.host, ("asterisk", "user"): one.user}
    for name in ("ask", "spy", "requeue", "redirect", "family"):
        words["asterisk", "dialplan", name] = getattr(one.dialplan, name)
    for path, word in words.items():
        if not word or any(sign.isspace() or sign in ",/@" for sign in word):
            inspection.say(path, f"{quoted(word)} cannot be such a name: no spaces, no `,`, `/` or `@`")


def host_of(listen: str) -> str | None:
    """The host of `HOST:PORT` (`[::1]:8765` for IPv6), None when it is not of that form."""
    host, colon, port = listen.rpartition(":")
    if not colon or not (port.isascii() and port.isdigit() and len(port) <= 5 and int(port) <= 65_535):
        return None
    if host.startswith("[") and host.endswith("]"):
        return host[1:-1] or None
    return None if not host or ":" in host or any(one.isspace() for one in host) else host


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether a listening host is reachable from this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
