"""A time zone that there is not is told with the one that was meant, on every command line and in a site alike."""

from __future__ import annotations

import pytest

from config.zones import ZoneError, zone_named
from feeds.gateway.books import audit
from feeds.reporting import command as figures


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("Asia/Shangai", "(did you mean `Asia/Shanghai`?)"),
        ("asia/shanghai", "(did you mean `Asia/Shanghai`?)"),
        ("utc", "(did you mean `UTC`?)"),
        # Nearest by their letters: Asia/Brunei, and GMT+0, which is hours off.
        ("Asia/Beijing", "(did you mean `Asia/Shanghai`?)"),
        ("GMT+8", "(such as Asia/Shanghai or UTC)"),
        ("", "(such as Asia/Shanghai or UTC)"),
        ("../UTC", "there is no time zone `../UTC`"),
    ],
)
def test_a_zone_that_there_is_not_is_told_with_the_one_that_was_meant(written: str, hint: str) -> None:
    with pytest.raises(ZoneError) as refused:
        zone_named(written)
    assert hint in str(refused.value)


def test_a_slip_of_the_pen_on_a_command_line_is_told_with_the_zone_that_was_meant(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for main, arguments in (figures.main, ["x.floor", "--by", "day"]), (audit.main, ["list"]):
        with pytest.raises(SystemExit) as stopped:
            main([*arguments, "--zone", "Asia/Shangai"])
        assert stopped.value.code == 2
        assert "there is no time zone `Asia/Shangai` (did you mean `Asia/Shanghai`?)" in capsys.readouterr().err
