"""Builds enumerations with few calls while a program starts: PySide6 makes 150 of them that hold some 2,000 members.

`QtCore.Qt` alone has 93, and the first look at it builds them all; Python's own way takes fifty calls a member, which
was a tenth of the time from a wall's command to its first figure. Here an enumeration is a copy of an empty one that
Python has built, with its members put in. Only what PySide6 asks for is built so: names with whole numbers. Anything
else, and everything on a Python whose enumerations are not built from the parts known here, is built as ever.
"""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable
from types import MethodType
from typing import Any, Final

KINDS: Final = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)

_SAMPLE: Final = [("Late", 4), ("None_", 0), ("First", 1), ("Again", 1), ("Both", 5), ("Second", 2)]
_TAKEN: Final = frozenset(name for kind in KINDS for name in dir(kind))
_python: Final[Callable[..., Any]] = enum.EnumType._create_  # type: ignore[attr-defined]
_templates: dict[tuple[type, Any], dict[str, Any]] = {}
_known: dict[type, bool] = {}


def begin() -> None:
    """Build enumerations here from now on."""
    enum.EnumType._create_ = _create  # type: ignore[attr-defined]


def end() -> None:
    """Leave it to Python again."""
    enum.EnumType._create_ = _python  # type: ignore[attr-defined]
    _templates.clear()


def _create(cls: Any, class_name: str, names: Any, **how: Any) -> Any:
    """Stands for `EnumType._create_`, which `Enum(class_name, names)` calls.

    The module is that of the caller's caller, as there.
    """
    plain = how.get("type") is None and cls in KINDS and isinstance(names, list)
    if how.get("module") is None:
        how["module"] = sys._getframe(2).f_globals.get("__name__")
    if not (plain and all(_is_plain(name) for name in names) and _is_known(cls)):
        return _python(cls, class_name, names, **how)
    return _build(cls, class_name, names, how["module"], how.get("qualname"), how.get("boundary"))


def _is_plain(item: Any) -> bool:
    return (
        item.__class__ is tuple
        and item[1].__class__ is int
        and item[1] >= 0
        and item[0] not in _TAKEN
        and not item[0].startswith("_")
    )


def _build(
    kind: type, name: str, pairs: list[tuple[str, int]], module: str, qualname: str | None, boundary: Any
) -> Any:
    parts = _parts_of(kind, boundary)
    members: dict[str, Any] = {}
    values: dict[int, Any] = {}
    order: list[str] = []
    parts |= {"__module__": module, "_member_map_": members, "_value2member_map_": values, "_member_names_": order}
    if qualname is not None:
        parts["__qualname__"] = qualname
    by_value = parts.pop("__new__")  # in a class body it would become a static method
    made = type.__new__(enum.EnumType, name, (kind,), parts)
    put, new, with_value, flags = (
        type.__setattr__,
        parts["_new_member_"],
        parts["_use_args_"],
        issubclass(kind, enum.Flag),
    )
    put(made, "__new__", by_value)
    mask = singles = 0
    for title, value in pairs:
        single = value > 0 and not value & (value - 1)
        mask |= value
        singles |= value if single else 0
        member = values.get(value)
        if member is None:
            member = values[value] = new(made, value) if with_value else new(made)
            state = member.__dict__
            state["_value_"], state["_name_"], state["__objclass__"] = value, title, made
            state["_sort_order_"] = len(order)
            if single or not flags:
                order.append(title)
        put(made, title, member)
        members[title] = member
    if flags:
        put(made, "_flag_mask_", mask)
        put(made, "_singles_mask_", singles)
        put(made, "_all_bits_", 2 ** mask.bit_length() - 1)
        in_order = [members[title]._value_ for title in order]
        if in_order != sorted(in_order):
            put(made, "_iter_member_", made._iter_member_by_def_)  # type: ignore[attr-defined]
    if "_hashable_values_" in parts:  # later Pythons
        parts["_hashable_values_"].extend(values)
    return made


def _parts_of(kind: type, boundary: Any) -> dict[str, Any]:
    """What an empty enumeration of that kind is made of, with lists and maps of its own."""
    template = _templates.get((kind, boundary))
    if template is None:
        empty = _python(kind, "Empty", (), module=__name__, boundary=boundary)
        template = {name: part for name, part in vars(empty).items() if name not in ("__dict__", "__weakref__")}
        _templates[kind, boundary] = template
    return {name: part.copy() if isinstance(part, (list, dict)) else part for name, part in template.items()}


def _is_known(kind: type) -> bool:
    if kind not in _known:
        _known[kind] = _alike(kind)
    return _known[kind]


def _alike(kind: type) -> bool:
    """Whether an enumeration that is built here has the very parts of one that Python builds."""
    try:
        ours = _build(kind, "Sample", _SAMPLE, __name__, None, None)
        theirs = _python(kind, "Sample", _SAMPLE, module=__name__)
        return anatomy(ours) == anatomy(theirs)
    except Exception:
        return False


def anatomy(built: Any) -> dict[str, object]:
    """All parts of an enumeration with its members in words, so that two of them can be compared."""
    return {name: _in_words(part, built) for name, part in vars(built).items()} | {
        "": [kind.__name__ for kind in built.__mro__]
    }


def _in_words(part: Any, built: Any) -> object:
    if isinstance(part, built):
        return repr(part), {name: value if value is not built else "itself" for name, value in vars(part).items()}
    if isinstance(part, dict):
        return [(name, _in_words(value, built)) for name, value in part.items()]
    if isinstance(part, staticmethod | classmethod | MethodType):
        return part.__class__.__name__, part.__func__
    if type(part).__name__ == "getset_descriptor":
        return "of every object"
    return part
