"""An empty SITE, such as an unset variable gives, is refused by every command and never taken for the demo."""

from __future__ import annotations

import pytest

from config import check
from config.load import SiteError, folder_of
from console import demo
from console.doctor import command as doctor
from feeds.gateway import command as gateway
from feeds.importing import command as importing
from feeds.reporting import alarms


@pytest.mark.parametrize("empty", ["", "  "])
@pytest.mark.parametrize(
    ("main", "arguments"),
    [
        (check.main, []),
        (check.main, ["--new-token", "wall"]),
        (gateway.main, ["--site"]),
        (importing.main, ["queue_log", "log", "-o", "day.floor", "--site"]),
        (demo.main, ["--site"]),
        (doctor.main, ["--site"]),
        (alarms.main, ["day.floor", "--site"]),
    ],
)
def test_an_empty_site_makes_no_sense(
    main: object, arguments: list[str], empty: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(main)
    with pytest.raises(SystemExit) as ended:
        main([*arguments, empty])
    assert ended.value.code == 2
    said = capsys.readouterr()
    assert "the site's name is empty: name a site folder" in said.err
    assert said.out == ""


def test_an_empty_name_is_not_the_folder_the_program_stands_in() -> None:
    with pytest.raises(SiteError, match="its name is empty"):
        folder_of("")
