"""What GitHub's runner makes of a line, written after its ``ActionCommand.TryParseV2``."""

from __future__ import annotations

from typing import NamedTuple

KNOWN = {"error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "stop-commands"}
_TEXT = {"%0D": "\r", "%0A": "\n", "%25": "%"}
_PROPERTY = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def read(line: str) -> Command | None:
    """The command in a line, None when it is one to print."""
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, properties = line[2:end].partition(" ")
    if name not in KNOWN:
        return None
    pairs = [pair.split("=", 1) for pair in properties.strip().split(",") if pair]
    return Command(
        name,
        {pair[0]: _undone(pair[1], _PROPERTY) for pair in pairs if len(pair) == 2},
        _undone(line[end + 2 :], _TEXT),
    )


def read_all(text: str) -> tuple[list[Command], list[str]]:
    """The commands of a log, and its other lines; the runner breaks lines at CR and LF only."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    commands = [command for line in lines if (command := read(line))]
    return commands, [line for line in lines if read(line) is None]


def _undone(text: str, escapes: dict[str, str]) -> str:
    for escaped, char in escapes.items():
        text = text.replace(escaped, char)
    return text
