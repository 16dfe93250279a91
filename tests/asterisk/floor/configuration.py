"""Writes the configuration of a test's Asterisk: our own files, the package that sites include, and the plan."""

from __future__ import annotations

import array
import math
import shutil
from pathlib import Path

from tests.asterisk.floor.locks import RTP_PORTS, Ports
from tests.asterisk.floor.plan import FloorPlan, Member, QueuePlan
from tests.asterisk.floor.programs import Program

PACKAGE = Path(__file__).resolve().parents[3] / "resources/asterisk"
"""What a site includes; here too, so that it is proven."""
_OURS = Path(__file__).resolve().parent / "etc"
_FOLDERS = ("etc", "lib/moh", "lib/keys", "spool/monitor", "run", "log/cdr-csv")


def write_configuration(workspace: Path, program: Program, plan: FloorPlan, ports: Ports) -> None:
    """Fill an empty workspace with all that Asterisk reads."""
    for name in _FOLDERS:
        (workspace / name).mkdir(parents=True, exist_ok=True)
    words = {
        "WORKSPACE": program.inside(workspace),
        "MODULES": program.find("usr/lib/*/asterisk/modules", "usr/lib*/asterisk/modules"),
        "DATA": program.find("usr/share/asterisk", "var/lib/asterisk"),
        "AMI_PORT": ports.ami,
        "SIP_PORT": ports.sip,
        "MEDIA_PORT": ports.media,
        "RTP_START": RTP_PORTS[0],
        "RTP_END": RTP_PORTS[1],
        "MAX_WAIT": plan.max_wait,
    }
    for source in _OURS.glob("*.conf"):
        text = source.read_text("utf-8")
        for key, value in words.items():
            text = text.replace(f"@{key}@", str(value))
        (workspace / "etc" / source.name).write_text(text, "utf-8")
    for source in PACKAGE.glob("*.conf"):
        shutil.copy(source, workspace / "etc" / source.name)
    write_plan(workspace, plan)
    (workspace / "lib/moh/wait.sln").write_bytes(waiting_music())
    program.give(workspace)


def write_plan(workspace: Path, plan: FloorPlan) -> None:
    """The files that depend on the plan; written anew before a reload."""
    files = {"queues_floor": _queues(plan), "extensions_numbers": _numbers(plan), "pjsip_phones": _phones(plan)}
    for name, text in files.items():
        (workspace / "etc" / f"{name}.conf").write_text(text, "utf-8")


def waiting_music() -> bytes:
    """Eight seconds of 330 Hz that swells and fades: whoever waits hears something that no phone of ours sends."""
    swell = (
        int(2500 * math.sin(2 * math.pi * 330 * one / 8000) * (0.5 + 0.5 * math.sin(2 * math.pi * one / 8000)))
        for one in range(64_000)
    )
    return array.array("h", swell).tobytes()


def _queues(plan: FloorPlan) -> str:
    return "\n".join(_queue(plan, queue) for queue in plan.queues)


def _queue(plan: FloorPlan, queue: QueuePlan) -> str:
    settings = {
        "strategy": queue.strategy,
        "weight": queue.weight,
        "timeout": queue.timeout,
        "retry": queue.retry,
        "wrapuptime": queue.wrapup,
        "servicelevel": queue.service_level,
        "maxlen": queue.capacity,
        "joinempty": queue.join_empty,
        "leavewhenempty": queue.leave_when_empty,
        "autopause": queue.autopause,
    }
    lines = [f"[{queue.name}](watchfloor-queue)", *(f"{key} = {value}" for key, value in settings.items()), *queue.more]
    return "\n".join([*lines, *(_member(plan, one) for one in queue.members)]) + "\n"


def _member(plan: FloorPlan, member: Member) -> str:
    name = f"{member.number} {plan.person(member.number).zh}"
    return f"member => {member.interface},{member.penalty},{name},{member.state_interface}"


def _numbers(plan: FloorPlan) -> str:
    numbers = [f"exten => {queue.number},1,Goto(floor-queue,{queue.name},1)" for queue in plan.queues]
    hints = [f"exten => {one.number},hint,PJSIP/{one.number}" for one in plan.agents]
    return "\n".join(["[numbers]", *numbers, "", "[ext-local]", *hints]) + "\n"


def _phones(plan: FloorPlan) -> str:
    return "".join(
        f'[{one.number}](phone)\naors = {one.number}\ncallerid = "{one.zh}" <{one.number}>\n[{one.number}](phone-aor)\n'
        for one in (*plan.agents, *plan.supervisors)
    )
