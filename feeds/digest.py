"""The proof that two sides have the same: a sum of hashes over what each of them has."""

from feeds.hashes import blake2b


def entity_hash(key: str, rev: int) -> int:
    """64 bits that stand for an entity's version: BLAKE2b with 8 bytes of output over `key@rev`, little endian."""
    return int.from_bytes(blake2b(f"{key}@{rev}".encode(), digest_size=8).digest(), "little")


class Digest:
    """The sum, modulo 2^64, of the hashes of all (key, rev) that somebody has: equal digests, equal contents."""

    __slots__ = ("_hashes", "_sum")

    def __init__(self) -> None:
        self._hashes: dict[str, int] = {}
        self._sum = 0

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, key: str) -> bool:
        return key in self._hashes

    def put(self, key: str, rev: int) -> None:
        """Have an entity in this version and no other."""
        new = entity_hash(key, rev)
        self._sum += new - self._hashes.get(key, 0)
        self._hashes[key] = new

    def drop(self, key: str) -> None:
        """Have it no longer; nothing happens if it was not there."""
        self._sum -= self._hashes.pop(key, 0)

    def keys(self) -> list[str]:
        """What is there."""
        return list(self._hashes)

    @property
    def text(self) -> str:
        """The digest as it is sent: 16 hexadecimal digits."""
        return f"{self._sum & 0xFFFFFFFFFFFFFFFF:016x}"
