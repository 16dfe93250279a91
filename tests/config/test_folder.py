"""How the files of a site folder are read together, and what is said of files that cannot be read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import yaml

from config import convert, nodes
from config.load import SiteError, load, shipped_sites, site_from_name_or_path
from tests.config.sites import SOUND, mistakes, write


def _divided() -> dict[str, str]:
    lines = SOUND.split("\n")
    cut = lines.index("agents:")
    agents = lines[cut : cut + 4]
    rest = lines[:cut] + lines[cut + 4 :]
    return {
        "site.yaml": "\n".join(rest),
        "people.yaml": "\n".join(agents[:3]),
        "vendor.yml": "\n".join([agents[0], agents[3]]),
    }


def test_a_site_may_be_divided_into_files_and_lists_go_on_in_another(tmp_path: Path) -> None:
    whole = load(write(tmp_path / "whole", {"site.yaml": SOUND}))
    divided = load(write(tmp_path / "divided", {**_divided(), "notes.txt": "no: [yaml", ".hidden.yaml": "no: [yaml"}))
    assert divided == whole
    assert len(divided.agents) == 2


def test_anything_but_a_list_stands_in_one_file_only(tmp_path: Path) -> None:
    folder = write(tmp_path, {"site.yaml": SOUND, "zone.yaml": "# again\nzone: UTC\n"})
    assert mistakes(folder) == ["zone.yaml:2:1: `zone` stands in site.yaml:4 already; only lists go on in another file"]


def test_anchors_may_be_kept_under_keys_that_begin_with_x(tmp_path: Path) -> None:
    text = SOUND.replace("[{queue: claim}, {queue: rescue}]", "*both")
    text = "x-skills: {both: &both [{queue: claim}, {queue: rescue}]}\n" + text
    assert load(write(tmp_path, {"site.yaml": text})) == load(write(tmp_path / "whole", {"site.yaml": SOUND}))


def test_merge_keys_fill_in_what_is_not_given(tmp_path: Path) -> None:
    text = SOUND.replace(
        '"001", area: claim, extension: "8001"', '"001", <<: [&seat {area: claim}, {extension: "8001"}]'
    )
    text = text.replace('"002", area: claim, extension', '"002", <<: *seat, extension')
    assert load(write(tmp_path, {"site.yaml": text})) == load(write(tmp_path / "whole", {"site.yaml": SOUND}))


def test_the_type_decides_how_a_word_is_read(tmp_path: Path) -> None:
    text = (
        SOUND.replace('short: "1"', "short: 0400").replace("id: north", "id: no").replace("vendor: north", "vendor: no")
    )
    text = (
        text.replace("vendors: [north]", "vendors: [no]").replace('id: "002"', "id: 1_2").replace("en: Wang", "en: On")
    )
    site = load(write(tmp_path, {"site.yaml": text}))
    assert (site.short, site.vendors[0].id, site.seats[1].id, site.agents[0].name.en) == ("0400", "no", "1_2", "On")


def test_a_file_that_is_no_yaml_is_told_with_its_place_and_the_others_are_still_read(tmp_path: Path) -> None:
    files = _divided()
    files["people.yaml"] = "agents:\n  - {id: 1\n  - 2: }\n"
    files["site.yaml"] = files["site.yaml"].replace("theme: dark", "theme: drak").replace("short:", "shrot:")
    folder = write(tmp_path, files)
    with pytest.raises(SiteError) as caught:
        load(folder)
    assert caught.value.incomplete
    found = mistakes(folder)
    assert [one.split(":")[0] for one in found] == ["people.yaml", "site.yaml", "site.yaml"]
    assert found[0].startswith("people.yaml:2:5: `{` opens here and is not closed by `}` before line 3")
    assert "`shrot` is not known here (did you mean `short`?)" in found[1]
    assert "`drak` is not one of" in found[2]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"zone: caf\xe9\n", "x.yaml:1:10: the byte 0xe9 is not UTF-8; save the file as UTF-8"),
        ("# 中文\nzone: \u4e2d".encode() + b"\xff", "x.yaml:2:8: the byte 0xff is not UTF-8; save the file as UTF-8"),
        (b"\xff\xfez\x00", "x.yaml:1:1: is UTF-16 text; save it as UTF-8"),
        (b"z\x00:\x00", "x.yaml:1:1: is UTF-16 text; save it as UTF-8"),
        (b"\x00z\x00:", "x.yaml:1:1: is UTF-16 text; save it as UTF-8"),
        (b"a: 1\nb: \x07\n", "x.yaml:2:4: the control character U+0007 is not allowed"),
        (b"a: \x00", "x.yaml:1:4: the control character U+0000 is not allowed"),
        (b"- 1\n", "x.yaml:1:1: a site's file holds `key: value` pairs at its top level"),
        (b"a text\n", "x.yaml:1:1: a site's file holds `key: value` pairs at its top level"),
        (b"x-a: 1\n---\nx-b: 2\n", "x.yaml:2:1: a second document begins here (`---`); put it into a file of its own"),
        (b"[" * 100_000, "x.yaml:1:41: is nested more than 40 levels deep"),
        (b"{a: " * 3_000, "x.yaml:1:161: is nested more than 40 levels deep"),
        (b"- " * 3_000, "x.yaml:1:81: is nested more than 40 levels deep"),
    ],
)
def test_a_broken_file_is_one_mistake(content: bytes, expected: str, tmp_path: Path) -> None:
    assert mistakes(write(tmp_path, {"site.yaml": SOUND, "x.yaml": content})) == [expected]


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
def test_both_parsers_of_the_yaml_library_give_the_same_places(
    loader: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nodes, "_LOADER", loader)
    assert mistakes(write(tmp_path / "sound", {"site.yaml": SOUND})) == []
    text = SOUND.replace("zh: 小, en: Small", "zh: 小, en: [Small]").replace("zone: Asia/", "zone: &z Asai/")
    assert mistakes(write(tmp_path / "spoiled", {"site.yaml": text})) == [
        "site.yaml:3:19: expects a text, not a list",
        "site.yaml:4:7: there is no time zone `Asai/Shanghai` (did you mean `Asia/Shanghai`?)",
    ]


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert mistakes(write(tmp_path, {"site.yaml": b"\xef\xbb\xbf" + SOUND.encode()})) == []


def test_aliases_that_multiply_are_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "MOST_VALUES", 100_000)
    skills = "x-s: &s [" + ", ".join(["{queue: claim}"] * 300) + "]\n"
    agent = "x-a: &a {id: a, name: {zh: a, en: a}, team: team-1, seat_type: claim, skills: *s}\n"
    text = skills + agent + SOUND.replace("agents:\n", "agents:\n" + "  - *a\n" * 300)
    found = mistakes(write(tmp_path, {"site.yaml": text}))
    assert len(found) == 1
    assert "more than 100,000 values: aliases must not multiply" in found[0]


def test_merge_keys_that_multiply_are_stopped(tmp_path: Path) -> None:
    text = "x-b: &b {" + ", ".join(f"k{number}: 1" for number in range(2_000)) + "}\n"
    text += "x-m:\n" + "  - {<<: *b}\n" * 600
    found = mistakes(write(tmp_path, {"site.yaml": SOUND, "x.yaml": text}))
    assert len(found) == 1
    assert "bring more than 1,000,000 pairs into this file" in found[0]


def test_a_file_longer_than_any_site_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "LONGEST", 1024 * 1024)
    found = mistakes(write(tmp_path, {"site.yaml": SOUND, "x.yaml": b"#" * (1024 * 1024 + 1)}))
    assert found == ["x.yaml: is longer than 1 MiB: this is not a site's configuration"]


def test_an_empty_folder_and_a_missing_one_are_no_sites(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"holds no \*\.yaml file, so it is no site folder"):
        load(tmp_path)
    with pytest.raises(SiteError, match="cannot be read: "):
        load(tmp_path / "nowhere")
    with pytest.raises(SiteError, match="there is no such site folder"):
        site_from_name_or_path(str(tmp_path / "nowhere"))
    file = tmp_path / "site.yaml"
    file.write_text(SOUND, encoding="utf-8")
    with pytest.raises(SiteError, match="is a file; name the folder that holds it"):
        site_from_name_or_path(str(file))


def test_a_folder_named_like_a_file_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path, {"site.yaml": SOUND})
    (folder / "more.yaml").mkdir()
    found = mistakes(folder)
    assert len(found) == 1
    assert found[0].startswith("more.yaml: cannot be read: ")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the owner of the machine may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path, {"site.yaml": SOUND, "secret.yaml": "x-a: 1"})
    (folder / "secret.yaml").chmod(0)
    assert mistakes(folder)[0].startswith("secret.yaml: cannot be read: ")


def test_shipped_sites_go_by_their_names() -> None:
    assert "demo" in shipped_sites()
    assert site_from_name_or_path("demo").id == "demo"
    with pytest.raises(SiteError) as caught:
        site_from_name_or_path("deom")
    assert str(caught.value) == "deom: there is no such site folder (did you mean `demo`?)"
