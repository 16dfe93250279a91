"""Judges whether Asterisk can tell that one of the site's trunks is down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from config.mistakes import did_you_mean
from config.schema import Site, Trunk
from feeds.sources.asterisk.checking.values import Check, Found, missing, ok, warn
from feeds.sources.asterisk.doubting import ABSENT, DEVICE_WORDS

PJSIP: Final = "PJSIP/"
_NAME: Final = "Trunks"
_QUALIFY: Final = "pjsip.conf: qualify_frequency = 30 in {section}; then `module reload res_pjsip.so`"


def endpoints_of(site: Site) -> list[str]:
    """The trunks' PJSIP endpoints, of which Asterisk can be asked how it watches them."""
    return [one.device.removeprefix(PJSIP) for one in site.trunks if one.device.startswith(PJSIP)]


def judge_trunks(found: Found, site: Site) -> Iterable[Check]:
    """A finding for each trunk."""
    for trunk in site.trunks:
        if not trunk.device:
            remedy = f"`device` of the trunk {trunk.id} in the site, such as PJSIP/carrier"
            yield missing(_NAME, f"{trunk.id}: it has no device, so nothing is ever known of it", remedy)
    named = [trunk for trunk in site.trunks if trunk.device]
    if named and found.devices is None:
        yield warn(_NAME, "devices cannot be asked for: no trunk's state is known", "`call` in the user's `write`")
        return
    for trunk in named:
        yield _judge(trunk, found, found.devices or {})


def _judge(trunk: Trunk, found: Found, devices: dict[str, str]) -> Check:
    state, device = devices.get(trunk.device), trunk.device
    if state is None:
        near = did_you_mean(device, [name for name in devices if not name.startswith("Queue:")])
        remedy = f"`device` of the trunk {trunk.id} in the site: as in `core show channels` or `pjsip show endpoints`"
        return missing(_NAME, f"{trunk.id}: there is no device {device} here{near}", remedy)
    rows = found.endpoints.get(device.removeprefix(PJSIP)) if device.startswith(PJSIP) else None
    if rows is not None:
        places = [row for row in rows if row.event == "AorDetail"]
        if not places:
            section = f"an AOR with the carrier's address as `contact`, named in `aors` of [{device[len(PJSIP):]}]"
            said = f"{trunk.id}: {device} has no AOR, so Asterisk holds it for down whenever no call is on it"
            return missing(_NAME, said, _QUALIFY.format(section=section))
        if not any(_is_asked(row.get("QualifyFrequency", "")) for row in places):
            section = f"the AOR [{places[0].get('ObjectName', '')}]"
            said = f"{trunk.id}: Asterisk does not ask {device} whether it is there, so a dead one looks alive"
            return warn(_NAME, said, _QUALIFY.format(section=section))
    if DEVICE_WORDS.get(state) in ABSENT:
        remedy = "`pjsip show endpoint` or the like; then call the carrier"
        return warn(_NAME, f"{trunk.id}: {device} is {state}", remedy)
    return ok(_NAME, f"{trunk.id}: {device} is {state}")


def _is_asked(seconds: str) -> bool:
    return seconds.isdigit() and int(seconds) > 0
