"""Ids and fingerprints, derived from names and contents: a small change stays small in a diff."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_SPACE = 1_000_000
_LOWEST = 1_000
"""Ids have at most six digits, as GTM's own. The first thousand is left to the container's."""
_FIRST_MILLISECOND = 1_600_000_000_000
_MILLISECONDS = 150_000_000_000
_ENCODER = json.JSONEncoder(sort_keys=True)


def ids_of(
    keys: Iterable[tuple[str, str]], taken: Collection[int] = ()
) -> dict[tuple[str, str], str]:
    """An id for each (kind, name), none used twice, whatever the others are; none is ``taken``.

    Two names that meet at one id are told apart by trying again, the smaller hash first, so that
    only names that meet can disturb each other.
    """
    taken = set(taken)
    given: dict[tuple[str, str], str] = {}
    for _, key in sorted((_hash(*key, 0), key) for key in set(keys)):
        attempt = 0
        while (number := _LOWEST + _hash(*key, attempt) % (_SPACE - _LOWEST)) in taken:
            attempt += 1
        taken.add(number)
        given[key] = str(number)
    return given


def _hash(kind: str, name: str, attempt: int) -> int:
    text = f"{kind}\0{name}\0{attempt}".encode("utf-8", "surrogatepass")
    return int.from_bytes(sha256(text).digest()[:8], "big")


def fingerprint_of(content: dict[str, Any] | list[str], epoch: int | None) -> str:
    """13 digits, as a time in milliseconds: of the content, or of SOURCE_DATE_EPOCH when given."""
    if epoch is not None:
        return str(epoch * 1000)
    text = _ENCODER.encode(content).encode()
    number = int.from_bytes(sha256(text).digest()[:8], "big")
    return str(_FIRST_MILLISECOND + number % _MILLISECONDS)
