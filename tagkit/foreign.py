"""What a file is when it is neither a plan nor a container export: its name, and what to do.

Asked only of what could not be read, or does not look like either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tagkit.source import Json

PLAN_KEYS = frozenset(
    """
    tagkit business google_analytics meta_pixel consent variables naming container checks extends
    vars tests macro_conversions micro_conversions anti_conversions
    """.split()
)
_EXPORT = "in GTM, take the file of Admin > Export Container"
_RAW = "on the site, open the file's 'Raw' view or download it, and save that"
_HEAD = 4000

MAGIC = (
    (b"PK\x03\x04", "a zip archive", "unpack it, and name the .json file in it"),
    (b"PK\x05\x06", "an empty zip archive", None),
    (b"\x1f\x8b", "a gzip archive", "unpack it with gunzip, and name the .json file"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it, and name the .json file in it"),
    (b"Rar!", "a rar archive", "unpack it, and name the .json file in it"),
    (b"%PDF", "a PDF document", None),
    (b"\x89PNG", "a picture", None),
    (b"\xff\xd8\xff", "a picture", None),
    (b"GIF8", "a picture", None),
    (b"SQLite format 3", "a database", None),
)
"""How files of other kinds begin, what they are, and what to do with them."""


class Foreign(NamedTuple):
    """What a file is instead, in words, and what to do."""

    what: str
    hint: str | None


_NEITHER = Foreign(
    "neither a plan nor a GTM container",
    "a plan starts with 'tagkit: 1'; an export of GTM has 'containerVersion'",
)


def foreign(text: str, data: Json) -> Foreign | None:
    """What a file that is no plan and no export is; None when it may be meant as one."""
    return _by_text(text.lstrip("\ufeff \t\r\n")[:_HEAD]) or _by_data(data)


def _by_text(head: str) -> Foreign | None:
    if head.startswith("<"):
        return _markup(head)
    if head.startswith("version https://git-lfs."):
        return Foreign("a pointer of Git LFS, not the file itself", "run 'git lfs pull' first")
    if head.startswith("___") and "___INFO___" in head:
        return Foreign("a GTM custom template (.tpl)", "import it in GTM under Templates")
    if re.match(r"(?://|/\*|\(function|!function|'use strict'|\"use strict\")", head):
        if "Google Inc." in head or "google_tag_manager" in head or '"vtp_' in head:
            return Foreign("the script gtm.js as a browser loads it, not an export", _EXPORT)
        return Foreign("a JavaScript file", None)
    if head.startswith("-----BEGIN "):
        return Foreign("a key or certificate", "take it out of the repository")
    return None


def _markup(head: str) -> Foreign:
    low = head.lower()
    if "<html" not in low and "<!doctype html" not in low:
        if "<script" in low or "fbq(" in low:
            return Foreign("a piece of HTML", "tagkit reads plans and container exports")
        return Foreign("an XML document", None)
    if "github" in low:
        return Foreign("a saved page of GitHub, not the file that it shows", _RAW)
    if "gitlab" in low or "bitbucket" in low:
        return Foreign("a saved page of a code host, not the file that it shows", _RAW)
    if "accounts.google.com" in low or "tagmanager.google.com" in low:
        return Foreign("a saved page of Google's, not an export", _EXPORT)
    return Foreign("a web page", "download the file itself instead of saving the page")


def _by_data(data: Json) -> Foreign | None:
    match data:
        case str() if data.lstrip().startswith("{"):
            return Foreign("JSON that was written as a text inside JSON", "decode it once more")
        case [dict() as first, *_] if "containerVersion" in first:
            return Foreign("a list of exports", "one file is one export: save each by itself")
        case [dict() as first, *_] if not {"use", "id", "name", "trigger"} & first.keys():
            return _NEITHER
        case {"error": {"code": _, "message": _}}:
            return Foreign("an error message of Google's API, not what was asked for", _EXPORT)
        case {"message": str(), "documentation_url": _}:
            return Foreign("an error message of GitHub's API", _RAW)
        case {"content": str(), "encoding": "base64"}:
            return Foreign("an answer of GitHub's API with the file in it", _RAW)
        case {"resource": {"macros": _}} | {"resource": {"tags": _, "rules": _}}:
            return Foreign("a container as gtm.js carries it, not an export", _EXPORT)
        case {"containerId": _, "publicId": _} | {"accountId": _, "workspaceId": _, "path": _}:
            return Foreign("an answer of the Tag Manager API, not an export", _EXPORT)
        case {"log": {"entries": list()}}:
            return Foreign("a HAR recording of network traffic", None)
        case dict() if not PLAN_KEYS & data.keys() and data:
            return _NEITHER
    return None
