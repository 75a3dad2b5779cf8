"""A file -> a recording: what it is, its content tells, not its name."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from tagkit.paths import shown_name
from tagkit.replay.datalayer import LIMIT, DataLayerRecording, read_data_layer
from tagkit.replay.har import entries, is_har
from tagkit.source import Source
from tagkit.textfile import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tagkit.diagnostics import Findings
    from tagkit.replay.har import Damage, Entry

_HEAD = 4096
_GZIP = b"\x1f\x8b"
_WITH_HEADER = 31  # what zlib calls the format of gzip


class HarRecording(NamedTuple):
    """A HAR. ``read`` goes through the file once."""

    source: Source
    read: Iterator[Entry | Damage]


def open_recording(path: Path, found: Findings) -> DataLayerRecording | HarRecording | Source:
    """The recording in a file; the file alone when it cannot be read."""
    name = shown_name(path)
    if _begins_as_har(path):
        return HarRecording(Source(name, "", None), _entries(path))
    text = read(path, found, limit=LIMIT)
    if text is None:
        return Source(name, "", None)
    if is_har(text[:_HEAD].encode()):  # from a pipe
        return HarRecording(Source(name, "", None), entries(io.BytesIO(text.encode())))
    return read_data_layer(text, name, found)


def _begins_as_har(path: Path) -> bool:
    try:
        if not path.is_file():
            return False  # to read from a pipe would take from it
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if head.startswith(_GZIP):
            head = zlib.decompressobj(_WITH_HEADER).decompress(head, _HEAD)
        return is_har(head)
    except (OSError, ValueError, zlib.error):
        return False


def _entries(path: Path) -> Iterator[Entry | Damage]:
    with _opened(path) as stream:
        yield from entries(stream)


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return cast("IO[bytes]", gzip.open(path, "rb") if packed else path.open("rb"))
