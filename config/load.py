"""A site folder into a :class:`~config.schema.Site`, or every mistake in it at once."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from config import nodes
from config.bulk import in_bulk
from config.checking import alarm_checks, plausible, references, simulable
from config.checking.inspection import Inspection
from config.convert import Converter, TooMuch, fields_of
from config.figure_names import FIGURES
from config.mistakes import Mark, Mistakes, SiteError, did_you_mean, quoted
from config.nodes import Broken, Mapping, Node, Sequence, decoded, read
from config.reading import beginning
from config.schema import Site

__all__ = ["SiteError", "ended_tokens", "files_of", "load", "shipped_sites", "site_from_name_or_path"]

_SHIPPED = Path(__file__).resolve().parent / "sites"
_SUFFIXES = (".yaml", ".yml")
_IGNORED = "x-"
_REVOKED = (("id", str), ("revoked", bool))


def shipped_sites() -> dict[str, Path]:
    """The sites that come with Watchfloor: folder by name."""
    return {one.name: one for one in sorted(_SHIPPED.iterdir()) if (one / "site.yaml").is_file()}


def folder_of(name_or_path: str) -> Path:
    """The folder of a shipped site's name, else of a path. Raises SiteError when there is no such folder."""
    shipped = shipped_sites()
    if name_or_path in shipped:
        return shipped[name_or_path]
    folder = Path(name_or_path)
    mistakes = Mistakes()
    try:
        if not name_or_path.strip():  # the folder that the program happens to stand in was not meant
            raise ValueError("its name is empty")
        if folder.is_dir():
            return folder
        message = "is a file; name the folder that holds it" if folder.exists() else "there is no such site folder"
    except (OSError, ValueError) as error:
        message = f"cannot be a folder: {error}"
    mistakes.add(Mark(name_or_path or "."), message + did_you_mean(name_or_path, shipped))
    raise SiteError(mistakes.all())


def site_from_name_or_path(name_or_path: str, figures: Collection[str] = FIGURES) -> Site:
    """The shipped site of that name, else the site in that folder. Raises SiteError with every mistake."""
    return load(folder_of(name_or_path), figures)


def load(path: Path | str, figures: Collection[str] = FIGURES, *, thorough: bool = False) -> Site:
    """The site in a folder: all its `*.yaml` files, merged by top-level key.

    `figures` are the ids that thresholds and headlines may name; with `thorough` a certificate is opened as well.
    Raises SiteError with every mistake; when a file cannot be read at all, those of the others, and nothing about what
    refers to it.
    """
    with in_bulk():  # of thousands of people: half of the time went into looking for garbage
        return _load(Path(path), figures, thorough)


def _load(folder: Path, figures: Collection[str], thorough: bool) -> Site:
    mistakes = Mistakes()
    roots, readable = _roots(folder, mistakes)
    root = _merged(folder, roots, mistakes)
    converter = Converter(mistakes)
    if not readable:
        _convert_known(converter, root)
        raise SiteError(mistakes.all(), incomplete=True)
    try:
        site: Site = converter.read(root, Site)
    except TooMuch as error:
        mistakes.add(error.mark, str(error))
        raise SiteError(mistakes.all(), incomplete=True) from None
    inspection = Inspection(site, root, folder, figures, converter.bad, mistakes)
    references.check(inspection)
    plausible.check(inspection)
    if thorough:
        plausible.check_certificate(inspection)
    simulable.check(inspection)
    alarm_checks.check(inspection)
    if mistakes:
        raise SiteError(mistakes.all())
    return site


def ended_tokens(path: Path | str, known: Collection[str]) -> frozenset[str]:
    """Which of these tokens a site folder says are revoked, or holds no more, whatever else is wrong in its files.

    A site with mistakes is not taken, but nobody stays in for somebody's slip of the pen elsewhere. What the files do
    not hold is known only where all of them, and every token's `id`, can be read.
    """
    found, held = set[str](), set[str]()
    roots, whole = _roots(Path(path), Mistakes())
    lists = [root.pairs["tokens"][1] for root in roots if "tokens" in root.pairs]
    whole = whole and bool(lists) and all(isinstance(one, Sequence) for one in lists)
    for item in (item for one in lists if isinstance(one, Sequence) for item in one.items):
        name, revoked = (_read_field(item, key, kind) for key, kind in _REVOKED)
        whole = whole and isinstance(name, str)
        if isinstance(name, str):
            held.add(name)
            if revoked is True:
                found.add(name)
    return frozenset(name for name in known if name in found or (whole and name not in held))


def _read_field(node: Node, name: str, kind: type) -> object:
    """A field of a mapping, None where it is not there or cannot be read."""
    if not isinstance(node, Mapping) or name not in node.pairs:
        return None
    converter = Converter(Mistakes())
    value: object = converter.read(node.pairs[name][1], kind)
    return None if converter.mistakes or converter.bad else value


def _roots(folder: Path, mistakes: Mistakes) -> tuple[list[Mapping], bool]:
    """The top level of every file, and whether all of them could be read."""
    roots: list[Mapping] = []
    before = len(mistakes)
    for file in _files(folder, mistakes):
        text = _text(file, mistakes)
        node = None if text is None else read(text, str(file), mistakes)
        if node is None:
            continue
        if isinstance(node, Mapping):
            roots.append(node)
        elif not isinstance(node, Broken):
            mistakes.add(node.mark, "a site's file holds `key: value` pairs at its top level")
    return roots, len(mistakes) == before


def files_of(folder: Path) -> list[Path]:
    """The files of which a site folder is read, in their order. Raises OSError, ValueError."""
    return sorted(one for one in folder.iterdir() if one.suffix.lower() in _SUFFIXES and not one.name.startswith("."))


def _files(folder: Path, mistakes: Mistakes) -> list[Path]:
    try:
        found = files_of(folder)
    except (OSError, ValueError) as error:
        mistakes.add(Mark(str(folder)), f"cannot be read: {_reason(error)}")
        return []
    if not found:
        mistakes.add(Mark(str(folder)), "holds no *.yaml file, so it is no site folder")
    return found


def _text(file: Path, mistakes: Mistakes) -> str | None:
    try:
        data = beginning(file, nodes.LONGEST + 1)
    except OSError as error:
        mistakes.add(Mark(str(file)), f"cannot be read: {_reason(error)}")
        return None
    return decoded(data, str(file), mistakes)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _merged(folder: Path, roots: list[Mapping], mistakes: Mistakes) -> Mapping:
    """One mapping of all files: lists go on from file to file, everything else may stand once."""
    place = Mark(str(folder / "site.yaml"), 1, 1)
    merged = Mapping(next((one.mark for one in roots if one.mark.file == place.file), place))
    for root in roots:
        for name, (key, value) in root.pairs.items():
            if name.startswith(_IGNORED):
                continue
            if name not in merged.pairs:
                merged.pairs[name] = (key, value)
                continue
            first_key, first = merged.pairs[name]
            if isinstance(first, Sequence) and isinstance(value, Sequence):
                merged.pairs[name] = (first_key, Sequence(first.mark, [*first.items, *value.items]))
            else:
                where = f"{Path(first_key.mark.file).name}:{first_key.mark.line}"
                mistakes.add(key.mark, f"{quoted(name)} stands in {where} already; only lists go on in another file")
    return merged


def _convert_known(converter: Converter, root: Mapping) -> None:
    """Find the mistakes inside what could be read, without missing what stands in files that could not."""
    fields = {one.name: one.annotation for one in fields_of(Site)}
    for name, (key, value) in root.pairs.items():
        if name not in fields:
            converter.mistakes.add(key.mark, f"{quoted(name)} is not known here{did_you_mean(name, fields)}")
            continue
        _read_one(converter, value, fields[name], name)


def _read_one(converter: Converter, value: Node, annotation: object, name: str) -> None:
    try:
        converter.read(value, annotation, (name,))
    except TooMuch as error:
        converter.mistakes.add(error.mark, str(error))
