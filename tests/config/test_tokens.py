"""Tokens and PINs are random, kept as salted hashes only, and malformed hashes open nothing."""

from __future__ import annotations

import base64

import pytest

from config import tokens
from config.schema import Token


def test_a_token_is_32_random_bytes() -> None:
    made = {tokens.new_token() for _ in range(50)}
    assert len(made) == 50
    assert all(len(base64.urlsafe_b64decode(one + "=")) == 32 for one in made)


def test_a_hash_opens_for_its_own_token_only() -> None:
    token = tokens.new_token()
    kept = tokens.hash_token(token)
    assert token not in kept
    assert tokens.is_token_hash(kept)
    assert tokens.verify_token(token, kept)
    assert not tokens.verify_token(token + "x", kept)
    assert not tokens.verify_token("", kept)
    assert not tokens.verify_token("\ud800", kept)


def test_the_same_token_is_never_kept_the_same_way_twice() -> None:
    assert tokens.hash_token("demo") != tokens.hash_token("demo")
    assert tokens.hash_pin("1234") != tokens.hash_pin("1234")


def test_a_known_hash_stays_readable_in_later_versions() -> None:
    kept = tokens.hash_token("demo-wall", bytes(16))
    assert kept == "sha256$" + "00" * 16 + "$66075932155292daff15519d2ce625cac1e8c44e83533305e935129885c583b0"


def test_a_pin_is_checked_by_scrypt() -> None:
    pin = tokens.new_pin()
    assert len(pin) == 6
    assert pin.isdigit()
    kept = tokens.hash_pin(pin)
    assert tokens.is_pin_hash(kept)
    assert tokens.verify_pin(pin, kept)
    assert not tokens.verify_pin("000000" if pin != "000000" else "1", kept)


@pytest.mark.parametrize("kept", ["", "sha256$$", "md5$00$00", "sha256$zz$zz", "scrypt$" + "0" * 32 + "$00", "sha256"])
def test_a_malformed_hash_opens_nothing(kept: str) -> None:
    assert not tokens.verify_token("", kept)
    assert not tokens.verify_pin("", kept)
    assert not tokens.is_token_hash(kept)
    assert not tokens.is_pin_hash(kept)


def test_a_token_is_found_among_many_and_revoked_ones_are_found_too() -> None:
    texts = ["first", "second", "third"]
    known = [Token(id=text, role="wall", hash=tokens.hash_token(text), revoked=text == "second") for text in texts]
    assert [one.id if (one := tokens.find_token(text, known)) else None for text in texts] == texts
    assert tokens.find_token("fourth", known) is None
    assert tokens.find_token("x" * 100_000, known) is None


def test_a_fingerprint_tells_tokens_apart_without_giving_them_away() -> None:
    token = tokens.new_token()
    assert len(tokens.fingerprint(token)) == 6
    assert tokens.fingerprint(token) != tokens.fingerprint(token + "x")
    assert tokens.fingerprint(token) not in tokens.hash_token(token, b"0" * 16)
