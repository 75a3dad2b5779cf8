"""Clients -> what speaks against their folders: nothing is written before all of it is known."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING
from unicodedata import normalize

from tagkit.diagnostics import Diagnostic, Related, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.batch.clients import Client

NAME = Rule("TK323", "client-folder", Severity.ERROR, "a client's name that is no folder's name")
CLASH = Rule("TK324", "client-twice", Severity.ERROR, "two clients that would write one folder")
RULES = (NAME, CLASH)

_SHOWN = 50
_LONGEST = 200  # bytes: file systems take 255, and names of our own are added
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_SIGNS = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\..*)?")


def check_folders(clients: Iterable[Client]) -> Iterator[Diagnostic]:
    """Names that are no folder's, and clients of one folder, also where case does not count.

    ``clients`` are gone through more than once. The first of them that are wrong are said.
    """
    return islice(_check(clients), _SHOWN)


def _check(clients: Iterable[Client]) -> Iterator[Diagnostic]:
    first: dict[str, int] = {}
    for index, client in enumerate(clients):
        if problem := problem_of(client.name):
            message, hint = problem
            yield Diagnostic(NAME, NAME.severity, client.file, client.span, (), message, hint)
        before = first.setdefault(folded(client.name), index)
        if before != index:
            yield _clash(client, next(islice(clients, before, None)))


def _clash(client: Client, other: Client) -> Diagnostic:
    message = f"there are two clients '{client.name}', and each would overwrite the other"
    if client.name != other.name:
        message = f"'{client.name}' and '{other.name}' are one folder where case does not count"
    hint = "give each client a name of its own"
    made = Diagnostic(CLASH, CLASH.severity, client.file, client.span, (), message, hint)
    return made._replace(related=(Related(other.span, "the other one", other.file),))


def folded(name: str) -> str:
    """What file systems may take for the same name: Windows' and macOS's have no case."""
    return normalize("NFC", normalize("NFC", name).casefold())


def problem_of(name: str) -> tuple[str, str] | None:
    """Why a name cannot be a folder in the output folder, on whichever system, and what can."""
    hint = "a client's name is a folder's name: letters, digits, '-' and '_'"
    if not name.strip():
        return "this client has no name", hint
    if _UNSEEN.search(name):
        return "the client's name holds a character that cannot be seen", hint
    if "/" in name or "\\" in name:
        return f"'{name}' would be written outside of its folder", hint
    if name[0] == ".":
        return f"'{name}' begins with a dot", hint
    if name[-1] in ". " or name[0] == " ":
        return f"'{name}' begins or ends with a dot or a blank, which Windows drops", hint
    if _DEVICES.fullmatch(name.casefold()):
        return f"'{name}' is a device on Windows and cannot be a folder", hint
    if sign := _SIGNS.search(name):
        return f"'{name}' holds a '{sign[0]}', which no folder on Windows can", hint
    if len(name.encode()) > _LONGEST:
        return f"the name has {len(name.encode())} bytes, at most {_LONGEST} can be a folder", hint
    return None
