"""A figure goes by its id or its definition's, in any case; no two can be meant by the same text."""

from __future__ import annotations

import pytest

from feeds.definitions import DEFINITIONS, figure_named, no_figure


@pytest.mark.parametrize("figure", DEFINITIONS)
def test_every_figure_goes_by_each_of_its_names_in_any_case(figure: str) -> None:
    definition = DEFINITIONS[figure]
    for text in (definition.id, definition.definition_id, definition.definition_id.partition("/")[0]):
        assert figure_named(text) == figure_named(text.upper()) == figure_named(text.lower()) == definition.id


def test_what_is_no_figure_is_told_with_what_was_meant() -> None:
    assert figure_named("") is None
    assert figure_named("A3") is None
    assert figure_named("A2/9") is None, "a definition of another formula"
    assert no_figure("answerd") == "there is no figure 'answerd' (did you mean `answered`?)"
