"""What entities are called: the plan's patterns, in letters that GTM takes."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagkit.plan.model import Naming

# ':' is refused by the API; { } < " ; are in no name of 178 exports.
_REFUSED = re.compile(r'[:{}<>";\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+')
# A variable's name stands inside code, as {{name}}: letters of any language, no signs of code.
_CODE = re.compile(r"[^\w .()-]+")
_QUOTES = re.compile(r"['`\\]")
LENGTH = 100
"""Longer names are cut: the longest in 178 exports has 75 characters."""


class Names:
    """Names for one container."""

    def __init__(self, naming: Naming) -> None:
        self._naming = naming

    def tag(self, **parts: str) -> str:
        """A tag's name: platform, id, name, event, role."""
        return self._filled(self._naming.tag, parts)

    def shared_tag(self, label: str) -> str:
        """The name of a tag that is of no platform and no conversion alone."""
        keys = ("platform", "event", "name", "id", "role")
        first = next((key for key in keys if f"{{{key}}}" in self._naming.tag), "platform")
        filled = self._filled(self._naming.tag, dict.fromkeys(keys, "") | {first: label})
        return filled.strip(" -_|/.,") or label

    def trigger(self, **parts: str) -> str:
        """A trigger's name: id, kind, name, role."""
        return self._filled(self._naming.trigger, parts)

    def variable(self, kind: str, name: str) -> str:
        """A variable's name. A label that had to be changed is told apart by a hash."""
        cleaned = clean(_CODE.sub(" ", name))
        if cleaned != name or len(cleaned) > LENGTH // 2:
            cleaned = f"{cleaned[: LENGTH // 2].strip()} {digest(name)[:6]}"
        filled = self._filled(self._naming.variable, {"kind": kind, "name": cleaned})
        return clean(_QUOTES.sub(" ", filled))

    def folder(self, group: str) -> str:
        """A folder's name."""
        return self._filled(self._naming.folder, {"group": group})

    def _filled(self, pattern: str, parts: dict[str, str]) -> str:
        values = {"prefix": self._naming.prefix, **parts}
        text = re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], ""), pattern)
        return clean(text)[:LENGTH].strip()


def clean(text: str) -> str:
    """The text without what GTM refuses in names, and without runs of blanks."""
    return re.sub(r"\s+", " ", _REFUSED.sub(" ", text)).strip()


def digest(text: str) -> str:
    """The same hexadecimal digits for the same text, on every machine."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
