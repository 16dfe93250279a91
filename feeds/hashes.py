"""The two hashes that a console needs from its first frame on, without the OpenSSL that `hashlib` loads for all others.

`hashlib` takes its BLAKE2 from the same module of Python's, and its SHA-1 where OpenSSL is not there; loading OpenSSL
costs a wall as much time as folding its first snapshot.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
    from _sha1 import sha1  # type: ignore[import-not-found]
except ImportError:  # a Python that was built without them
    from hashlib import blake2b, sha1

__all__ = ["blake2b", "sha1"]
