"""Files of other kinds than a plan or an export are called by their name, with what to do."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tagkit.artefacts import GTM_FILE
from tagkit.cli import app

if TYPE_CHECKING:
    from pathlib import Path

PLAN = (
    "tagkit: 1\nbusiness: {name: Tea}\ngoogle_analytics: {measurement_id: G-1A2B3C4D5E}\n"
    "micro_conversions: [share]\n"
)
GITHUB = "<!DOCTYPE html>\n<html><title>gtm.json at main · GitHub</title></html>"
GTM_JS = (
    '// Copyright 2012 Google Inc. All rights reserved.\n(function(){var data = {"resource": 1}})'
)


def zipped() -> bytes:
    with io.BytesIO() as memory:
        with zipfile.ZipFile(memory, "w") as archive:
            archive.writestr("gtm.json", "{}")
        return memory.getvalue()


def text(data: object) -> bytes:
    return json.dumps(data).encode()


RAW = "open the file's 'Raw' view"
EXPORT = "Admin > Export Container"
KINDS: dict[str, tuple[bytes, str, str]] = {
    "zip": (zipped(), "a zip archive", "unpack it"),
    "gzip": (gzip.compress(b"{}"), "a gzip archive", "unpack it"),
    "PDF": (b"%PDF-1.4\n1 0 obj", "a PDF document", ""),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0", "a picture", ""),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture", ""),
    "GitHub": (GITHUB.encode(), "a saved page of GitHub", RAW),
    "GitLab": (b"\n<html><body class='gitlab'>", "a saved page of a code host", RAW),
    "GTM": (b"<html><base href='https://tagmanager.google.com/'>", "a saved page of Google", EXPORT),
    "page": (b"<html><body>Shop</body></html>", "a web page", "download the file itself"),
    "XML": (b'<?xml version="1.0"?><urlset></urlset>', "an XML document", ""),
    "snippet": (b"<script>fbq('track', 'Lead')</script>", "a piece of HTML", "tagkit reads plans"),
    "gtm.js": (GTM_JS.encode(), "the script gtm.js", EXPORT),
    "JavaScript": (b"(function() { return 1 })()", "a JavaScript file", ""),
    "template": (b"___TERMS_OF_SERVICE___\n\n___INFO___\n{}", "a GTM custom template", "import it"),
    "LFS": (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", "a pointer of Git LFS",
            "git lfs pull"),
    "key": (b"-----BEGIN PRIVATE KEY-----\nMIIE\n", "a key or certificate", "take it out"),
    "text in JSON": (text(json.dumps({"containerVersion": {}})), "JSON that was written as a text",
                     "decode it"),
    "exports": (text([{"containerVersion": {}}]), "a list of exports", "one file is one export"),
    "Google's error": (text({"error": {"code": 403, "message": "no"}}), "an error message of Google",
                       EXPORT),
    "GitHub's error": (text({"message": "Not Found", "documentation_url": "x"}),
                       "an error message of GitHub", RAW),
    "GitHub's file": (text({"content": "e30=", "encoding": "base64"}), "an answer of GitHub", RAW),
    "compiled": (text({"resource": {"macros": [], "tags": []}}), "a container as gtm.js", EXPORT),
    "API": (text({"containerId": "1", "publicId": "GTM-X"}), "an answer of the Tag Manager API",
            EXPORT),
    "HAR": (text({"log": {"entries": []}}), "a HAR recording", ""),
    "other": (text({"openapi": "3.0.0"}), "neither a plan nor a GTM container", "tagkit: 1"),
    "other list": (text([{"event": "add_to_cart"}]), "neither", ""),
}  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("suffix", ["json", "yaml"])
@pytest.mark.parametrize(("raw", "what", "hint"), list(KINDS.values()), ids=list(KINDS))
def test_what_it_is(folder: Path, raw: bytes, what: str, hint: str, suffix: str) -> None:
    (folder / f"file.{suffix}").write_bytes(raw)
    for command in (["validate", f"file.{suffix}"], ["build", f"file.{suffix}", "-o", "dist"]):
        result = CliRunner().invoke(app, command)
        assert (result.exit_code, result.output.count("error[")) == (1, 1)
        assert f"error[TK023]: this is {what}" in result.output
        assert hint in result.output
    assert not (folder / "dist").exists()


def built(folder: Path) -> str:
    (folder / "plan.yaml").write_text(PLAN)
    CliRunner().invoke(app, ["build", "plan.yaml", "-o", "dist"])
    return (folder / "dist" / GTM_FILE).read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "\ufeff", "note[TK024]: the file starts with a byte order mark"),
        ('"WEB"', '"SERVER"', "note[TK407]: this is a server container"),
        ('"WEB"', '"AMP"', "note[TK407]: this is a container for AMP pages"),
        ('"exportFormatVersion": 2', '"exportFormatVersion": 1.3', "note[TK406]: the file is in"),
        ("{", "[", "error[TK010]: "),
    ],
)
def test_a_container_of_another_kind(folder: Path, old: str, new: str, said: str) -> None:
    (folder / "c.json").write_text(built(folder).replace(old, new, 1), "utf-8")
    assert said in CliRunner().invoke(app, ["validate", "c.json"]).output


def test_a_bare_version_is_the_answer_of_the_api(folder: Path) -> None:
    version = json.loads(built(folder))["containerVersion"]
    (folder / "c.json").write_text(json.dumps(version))
    output = CliRunner().invoke(app, ["validate", "c.json"]).output
    assert "error[TK401]: this is a container version as the REST API returns it" in output
