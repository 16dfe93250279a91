"""Judges a manager user's rights, the modules, the dialplan and the way of listening by what a PBX answered."""

from __future__ import annotations

from typing import Final, NamedTuple

from config.asterisk import Asterisk
from config.schema import Site
from feeds.sources.asterisk.checking.values import (
    MANAGER_CONF,
    Check,
    Found,
    listed,
    missing,
    ok,
    value_of,
    wants,
    warn,
)

EXTENSIONS_CONF: Final = "extensions.conf (FreePBX: extensions_custom.conf)"


class _Need(NamedTuple):
    """Actions that are given for one purpose, by the right of `write` that each takes."""

    name: str
    feature: str  # whose orders they carry out; empty: the floor is not seen without them
    rights: dict[str, str]


_NEEDS: Final = (
    _Need("Right to look", "", {"QueueStatus": "reporting", "CoreShowChannels": "reporting", "Getvar": "reporting"}),
    _Need("Seats", "seat", dict.fromkeys(("QueuePause", "QueueAdd", "QueueRemove", "QueuePenalty"), "agent")),
    _Need("Calls", "call", {
        **dict.fromkeys(("Redirect", "BlindTransfer", "Atxfer", "Hangup", "Setvar"), "call"),
        "QueueChangePriorityCaller": "agent",
    }),
    _Need("Listening", "listening", {"Originate": "originate", "PlayDTMF": "call", "Hangup": "call"}),
    _Need("Right to switch", "switch", {
        "DBPut": "system", "DBDel": "system", "DBGet": "reporting", "Originate": "originate",
    }),
)  # fmt: skip
_MODULES: Final = {
    "app_queue": ("", "there are no queues"),
    "func_db": ("switch", "the dialplan cannot read switches"),
    "app_chanspy": ("listening", "nobody can listen"),
    "chan_websocket": ("listening", "no listening in the console"),
    "res_websocket_client": ("listening", "no listening in the console"),
}


def judge_rights(found: Found, site: Site, user: str) -> list[Check]:
    """Whether the user may give what the site's people may order; what nobody may order is only worth a warning."""
    checks = []
    for need in _NEEDS:
        lacking = [name for name in need.rights if name not in found.may]
        if not lacking:
            checks.append(ok(need.name, f"may give {', '.join(need.rights)}"))
            continue
        absent = [name for name in lacking if name in found.unknown]
        if absent:
            said = f"this Asterisk does not know {listed(absent)}"
            checks.append(missing(need.name, said, "load the module that has it: `module load app_queue` or the like"))
            continue
        rights = list(dict.fromkeys(need.rights[name] for name in lacking))
        remedy = f"{MANAGER_CONF}: [{user}] write = …,{','.join(rights)} (or (watchfloor-acts)); then `manager reload`"
        said = f"may not give {listed(lacking)}"
        if not need.feature or wants(site, need.feature):
            checks.append(missing(need.name, said, remedy))
        else:
            checks.append(warn(need.name, f"{said}; no role of the site has a right to {need.feature}.*", remedy))
    return checks


def judge_modules(found: Found, site: Site) -> Check:
    """Whether what is needed is loaded."""
    if not found.modules:
        remedy = f"in Asterisk's console: `module show like app_queue`, and so for {', '.join(_MODULES)}"
        return warn("Modules", "which ones are loaded cannot be asked without the right `system`", remedy)
    absent = [name for name, loaded in found.modules.items() if not loaded]
    if not absent:
        return ok("Modules", ", ".join(found.modules))
    said = "; ".join(f"{name} is not loaded: {_MODULES[name][1]}" for name in absent)
    remedy = "; ".join(f"modules.conf: load => {name}.so" for name in absent) + "; then restart, or `module load` each"
    needed = [name for name in absent if not _MODULES[name][0] or wants(site, _MODULES[name][0])]
    return missing("Modules", said, remedy) if needed else warn("Modules", said, remedy)


def judge_dialplan(found: Found, site: Site, settings: Asterisk) -> list[Check]:
    """Whether the contexts that orders lead to are there."""
    plan = settings.dialplan
    if not found.contexts:
        remedy = (
            f"in Asterisk's console: `dialplan show {plan.ask}`, and so for the others under `dialplan:` of the site"
        )
        return [warn("Dialplan", "contexts cannot be asked for without the right `reporting` or `config`", remedy)]
    checks = []
    purposes = {
        "ask": (plan.ask, "switch", "switches cannot be verified without a call"),
        "spy": (plan.spy, "listening", "no listening with a supervisor's phone"),
        "requeue": (plan.requeue, "call", "waiting callers cannot be moved to another queue"),
        "redirect": (plan.redirect, "call", "callers cannot be sent to a number"),
    }
    for word, (context, feature, loss) in purposes.items():
        rows = found.contexts.get(context)
        if rows and word == "requeue" and not any("FLOOR_BACK" in row.get("AppData", "") for row in rows):
            remedy = (
                f"take [floor-queue], [floor-end] and [floor-requeue] of the newest extensions_watchfloor.conf into "
                f"{EXTENSIONS_CONF}, then `dialplan reload`"
            )
            said = f"requeue: {context} knows no way back: who is put into a queue that takes nobody is cut off"
            checks.append(warn("Dialplan", said, remedy))
            continue
        if rows:
            checks.append(ok("Dialplan", f"{word}: there is a context {context}"))
            continue
        remedy = (
            f"{EXTENSIONS_CONF}: #include extensions_watchfloor.conf, then `dialplan reload`; or name a context of "
            f"your own under `asterisk: dialplan: {word}:` in the site"
        )
        tell = missing if wants(site, feature) else warn
        checks.append(tell("Dialplan", f"{word}: no context {context}: {loss}", remedy))
    if plan.trunks and not any(found.contexts.get(one) for one in plan.trunks):
        remedy = "name the contexts in which calls from outside begin under `asterisk: dialplan: trunks:` in the site"
        checks.append(warn("Dialplan", f"trunks: none of {', '.join(plan.trunks)} is a context here", remedy))
    return checks


def judge_media(found: Found, settings: Asterisk) -> Check:
    """Whether Asterisk knows where to bring the sound of a listening session."""
    name, connection, listen = "Listening sound", settings.media.connection, settings.media.listen
    port = listen.rpartition(":")[2]
    remedy = (
        f"websocket_client.conf: #include websocket_client_watchfloor.conf, [{connection}](watchfloor-media), "
        f"uri = ws://<the gateway's address>:{port}/media; then `module reload res_websocket_client.so`"
    )
    if "websocket_client.conf" not in found.files:
        return warn(name, "whether Asterisk has the connection cannot be asked without the right `config`", remedy)
    lines = found.files["websocket_client.conf"].get(connection)
    if lines is None:
        return missing(name, f"websocket_client.conf has no connection [{connection}]", remedy)
    uri, wrong = value_of(lines, "uri"), []
    if f":{port}/" not in f"{uri}/":
        wrong.append(f"its uri is {uri or 'not set'}, but the gateway waits at port {port}")
    wrong += [
        f"{key} is {value_of(lines, key) or 'not set'}, not {value}"
        for key, value in (("type", "websocket_client"), ("protocols", "media"), ("connection_type", "per_call_config"))
        if value_of(lines, key) != value
    ]
    if wrong:
        return missing(name, f"[{connection}]: {'; '.join(wrong)}", remedy)
    if value_of(found.files.get("chan_websocket.conf", {}).get("global", []), "control_message_format") != "json":
        remedy = (
            "chan_websocket.conf: #include chan_websocket_watchfloor.conf; then restart Asterisk, or unload and load it"
        )
        return missing(name, "chan_websocket tells the beginning of the sound as plain text", remedy)
    return ok(name, f"Asterisk brings it to {uri}")
