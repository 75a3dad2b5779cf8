"""A file -> its text: what can be wrong with a file before anyone looks at what it says."""

from __future__ import annotations

import re
from stat import S_ISDIR, S_ISFIFO, S_ISREG
from typing import TYPE_CHECKING

from tagkit.diagnostics import Rule, Severity
from tagkit.source import EMPTY

if TYPE_CHECKING:
    from pathlib import Path

    from tagkit.diagnostics import Findings

PLAN_LIMIT = 5_000_000
CONTAINER_LIMIT = 10_000_000  # what GTM's own import takes

_E = Severity.ERROR
MISSING = Rule("TK001", "no-such-file", _E, "There is no file of this name.")
NOT_A_FILE = Rule(
    "TK002", "not-a-file", _E, "The name is that of a folder or a device. tagkit reads files."
)
UNREADABLE = Rule(
    "TK003",
    "unreadable-file",
    _E,
    "The system refuses to give the file: no permission, a broken disk, a name that is too long.",
)
TOO_LARGE = Rule(
    "TK004",
    "file-too-large",
    _E,
    "A plan has at most 5 MB (some 10,000 conversions), a container export 10 MB, which is the "
    "most that GTM imports. A larger file is not opened.",
)
ENCODING = Rule(
    "TK005",
    "not-utf-8",
    _E,
    "The file is text in another encoding than UTF-8, such as UTF-16 or Windows-1250. Save it "
    "again as UTF-8; a byte order mark does no harm.",
)
BINARY = Rule("TK006", "not-text", _E, "The file holds zero bytes, as pictures and archives do.")
FOREIGN = Rule(
    "TK023",
    "foreign-document",
    _E,
    "The file is neither a plan nor a container export: a web page, an archive, an API's answer.",
)
BYTE_ORDER_MARK = Rule(
    "TK024",
    "byte-order-mark",
    Severity.NOTE,
    "A container file starts with a byte order mark, which no export of GTM's has.",
)
RULES = (
    MISSING, NOT_A_FILE, UNREADABLE, TOO_LARGE, ENCODING, BINARY, FOREIGN, BYTE_ORDER_MARK,
)  # fmt: skip

_BREAK = re.compile(r"\r\n?|\n")
_BOMS = (  # UTF-32 first: its mark starts with that of UTF-16
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def read(path: Path, found: Findings, *, limit: int = PLAN_LIMIT) -> str | None:
    """The text of a file, or None and a finding about the file as a whole.

    A byte order mark is still there; ``load`` and ``load_json`` take it off.
    """
    raw = read_bytes(path, found, limit)
    return None if raw is None else _decode(raw, found)


def read_bytes(path: Path, found: Findings, limit: int) -> bytes | None:
    """What is in a file, or None and a finding about it."""
    try:
        facts = path.stat()
        if S_ISDIR(facts.st_mode):
            found.say(NOT_A_FILE, (), "this is a folder", hint="name a file in it")
        elif not (S_ISREG(facts.st_mode) or S_ISFIFO(facts.st_mode)):
            found.say(NOT_A_FILE, (), "this is no file")
        elif facts.st_size > limit:
            found.say(TOO_LARGE, (), _too_large(facts.st_size, limit))
        else:
            with path.open("rb") as file:
                raw = file.read(limit + 1)
            if len(raw) <= limit:
                return raw
            found.say(TOO_LARGE, (), _too_large(None, limit))
    except FileNotFoundError:
        if path.is_symlink():
            message, hint = "this link leads to no file", "mend the link, or name the file itself"
            found.say(MISSING, (), message, hint=hint)
        else:
            found.say(MISSING, (), "there is no such file", hint=_neighbour(path))
    except PermissionError:
        found.say(UNREADABLE, (), "no permission to read this file")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        found.say(UNREADABLE, (), f"this file cannot be read: {reason.lower()}")
    return None


def _too_large(size: int | None, limit: int) -> str:
    has = f"{size / 1e6:.1f} MB" if size else "more"
    return f"the file has {has}, at most {limit / 1e6:g} MB can be read"


def _neighbour(path: Path) -> str | None:
    from tagkit.nearest import nearest

    try:
        return nearest(path.name, [entry.name for entry in path.parent.iterdir()])
    except (OSError, ValueError):
        return None


def _decode(raw: bytes, found: Findings) -> str | None:
    if not raw.strip():
        found.say(EMPTY, (), "the file is empty")
        return None
    save = "save it as UTF-8"
    name = next((name for mark, name in _BOMS if raw.startswith(mark)), None)
    if raw[:1] in b"P%7RGS\x1f\x89\xff":
        from tagkit.foreign import MAGIC

        for mark, what, hint in MAGIC:
            if raw.startswith(mark):
                found.say(FOREIGN, (), f"this is {what}", hint=hint)
                return None
    if name is None and b"\0" in raw:
        if not _every_second_is_zero(raw):
            found.say(BINARY, (), "this is no text file", hint="it holds zero bytes")
            return None
        name = "UTF-16"
    if name:
        found.say(ENCODING, (), f"the file is in {name}, not UTF-8", hint=save)
        return None
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = len(_BREAK.findall(before.decode())) + 1
        message = f"the file is not in UTF-8: byte 0x{raw[error.start]:02X} in line {line}"
        found.say(ENCODING, (), message, hint=save)
        return None


def _every_second_is_zero(raw: bytes) -> bool:
    """Whether ASCII text was saved as UTF-16 without a byte order mark."""
    head = raw[:200]
    odd, even = head[1::2], head[::2]
    return len(head) > 1 and any(odd) != any(even)
