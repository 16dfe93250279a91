"""Whatever stands in a site folder, loading it ends with a site or with a SiteError that tells places."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.load import SiteError, load
from config.schema import Site
from tests.config.sites import SOUND, write
from tests.examples import examples

KEYS = list(Site.__struct_fields__)
WORDS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["claim", "site", "now"]),
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*KEYS, "id", "queue", "zh"]), inner),
    max_leaves=20,
)
FUZZ = settings(max_examples=examples(120), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _ends_well(folder: Path, content: bytes) -> None:
    write(folder, {"site.yaml": content})
    try:
        site = load(folder)
    except SiteError as error:
        assert error.mistakes
        assert all(one.message and one.line >= 0 and one.column >= 0 for one in error.mistakes)
        number = (
            content.count(b"\n") + content.count(b"\r") + content.count(b"\xc2\x85") + content.count(b"\xe2\x80") + 1
        )
        assert all(one.line <= number + 1 for one in error.mistakes)
        assert str(error).count("\n") >= len(error.mistakes) - 1
    else:
        assert isinstance(site, Site)


@FUZZ
@given(st.binary(max_size=300))
def test_any_bytes_end_well(tmp_path: Path, content: bytes) -> None:
    _ends_well(tmp_path, content)


@FUZZ
@given(st.text(alphabet="abid:-?!&*<>[]{}#|'\"%@`,. \n\t\\0123456789~中", max_size=200))
def test_any_text_that_resembles_yaml_ends_well(tmp_path: Path, content: str) -> None:
    _ends_well(tmp_path, content.encode())


@pytest.mark.slow
@FUZZ
@given(st.dictionaries(st.sampled_from(KEYS), TREES))
def test_any_tree_under_a_sites_keys_ends_well(tmp_path: Path, tree: dict[str, object]) -> None:
    _ends_well(tmp_path, yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "replace"))


@pytest.mark.slow
@FUZZ
@given(st.data())
def test_a_sound_site_with_a_piece_replaced_ends_well(tmp_path: Path, data: st.DataObject) -> None:
    content = SOUND.encode()
    begin = data.draw(st.integers(0, len(content)))
    end = min(len(content), begin + data.draw(st.integers(0, 40)))
    piece = data.draw(st.one_of(st.binary(max_size=12), st.sampled_from(SOUND.split()).map(str.encode)))
    _ends_well(tmp_path, content[:begin] + piece + content[end:])
