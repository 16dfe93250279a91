"""Small sites to spoil: a sound one as text, and a mark that shows where a mistake is expected."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from config.load import SiteError, load

HERE = "▸"
"""Stands in a text where the mistake is expected, and is taken out before the text is read."""

PIN = "scrypt$" + "0" * 32 + "$" + "0" * 64
HASH = "sha256$" + "0" * 32 + "$" + "0" * 64

SOUND = f"""\
id: small
short: "1"
name: {{zh: 小, en: Small}}
zone: Asia/Shanghai
groups: [{{id: first, name: {{zh: 一, en: First}}}}]
seat_types: [{{id: claim, group: first, name: {{zh: 报案, en: Claim}}}}]
queues:
  - {{id: claim, group: first, seat_type: claim, number: "6001", name: {{zh: 报案, en: Claim}}}}
  - {{id: rescue, group: first, seat_type: claim, number: "6002", name: {{zh: 救援, en: Rescue}}}}
vendors: [{{id: north, name: {{zh: 北, en: North}}}}]
teams:
  - {{id: team-1, name: {{zh: 一班, en: One}}, leader: "1101"}}
  - {{id: team-2, name: {{zh: 二班, en: Two}}, vendor: north}}
agents:
  - {{id: "1101", name: {{zh: 王, en: Wang}}, team: team-1, seat_type: claim,
     skills: [{{queue: claim}}, {{queue: rescue}}]}}
  - {{id: "1102", name: {{zh: 李, en: Li}}, team: team-2, seat_type: claim, languages: [{{code: en}}, {{code: fr}}]}}
seats:
  - {{id: "001", area: claim, extension: "8001"}}
  - {{id: "002", area: claim, extension: "8002"}}
figures: {{service_seconds: 20}}
thresholds:
  - {{figure: asa, scopes: [site, "queue:claim"], window: 30m, better: low, warn: 10, critical: 20}}
  - {{figure: waiting, scopes: [group], window: now, better: low, warn: 5, critical: 15, relative_to: staffed}}
  - {{figure: answer_rate_a2, scopes: [site], window: 30m, better: high, warn: 95, critical: 90}}
seat_limits:
  - {{state: acw, warn_factor: 2, critical_factor: 3}}
  - {{state: break, warn_s: 900, critical_s: 1200}}
roles: [{{id: wall, name: {{zh: 大屏, en: Wall}}, rights: [alarm.acknowledge, seat.*]}}]
tokens:
  - {{id: one, role: wall, hash: {HASH}, teams: [team-1], vendors: [north], queues: [claim], expires: 2030-12-31}}
wall:
  pages: [{{id: all, kind: overview}}, {{id: first, kind: group, group: first}}]
  headlines: [{{figure: asa, window: 30m}}, {{figure: waiting, window: now}}]
  theme: dark
  pin_hash: {PIN}
gateway: {{listen: "127.0.0.1:8765", frame_ms: 50}}
simulation:
  weekday_factors: [1, 1, 1, 1, 1, 0.8, 0.7]
  demands:
    - queue: claim
      offered: 100
      talk_mean_s: 100
      hold_mean_s: 10
      acw_mean_s: 20
      patience_mean_s: 90
      primary_share: 1
      secondary: [rescue]
      hourly_share_pct: [0, 0, 0, 0, 0, 0, 0, 0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 0, 0, 0, 0, 0, 0]
  ringing: {{ring_min_s: 2, ring_max_s: 5}}
  outbound: {{dispatch_queues: [claim], dispatch_by: [claim], return_visit_window: 09:00-17:00}}
  shifts: [{{spans: [08:00-12:00, 16:00-24:00], count: 3}}, {{spans: [22:00-07:30], count: 1}}]
  scenarios:
    - {{id: storm, window: 15:00-20:00, demand: {{claim: 3, "*": 1.3}}}}
    - {{id: eased, measures: [{{window: 16:00-20:00, deflected: {{claim: 0.4}}, talk: {{"*": 0.6}}, extra_people: 1}}]}}
"""


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A site folder with these files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def mistakes(folder: Path) -> list[str]:
    """The mistakes in a folder as `file:line:col: message` with bare file names; empty for a sound site."""
    try:
        load(folder)
    except SiteError as error:
        return [str(one).replace(str(folder) + "/", "").replace(str(folder) + "\\", "") for one in error.mistakes]
    return []


def places(text: str) -> list[tuple[int, int]]:
    """Line and column of each mark in a text, as if the marks were not there."""
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        parts = line.split(HERE)
        found += [(number, len("".join(parts[: place + 1])) + 1) for place in range(len(parts) - 1)]
    return found


def spoiled(old: str, new: str) -> str:
    """The sound site with one piece of text replaced, marks included."""
    assert SOUND.count(old) == 1, f"{old!r} stands {SOUND.count(old)} times in the sound site"
    return SOUND.replace(old, new)
