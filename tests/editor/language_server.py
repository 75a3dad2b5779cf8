"""The YAML language server, spoken to as an editor does: JSON-RPC over its standard streams."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60.0
SETTINGS = {
    "completion": True,
    "hover": True,
    "validate": True,
    "schemaStore": {"enable": False},  # it would be fetched
}


class Completion(NamedTuple):
    """What an editor offers: the text that would be written, and what is told of it."""

    text: str
    told: str


class LanguageServer:
    """One running server, and the documents that are open in it."""

    def __init__(
        self, command: list[str], folder: Path, schemas: dict[str, list[str]] | None = None
    ) -> None:
        self._settings = {"yaml": {**SETTINGS, "schemas": schemas or {}}}
        self._process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdin
        assert self._process.stdout
        self._to: IO[bytes] = self._process.stdin
        self._heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self._from: IO[bytes] = self._process.stdout
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._folder = folder
        self._asked = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._start()

    def _start(self) -> None:
        markdown = {"documentationFormat": ["markdown", "plaintext"], "snippetSupport": True}
        can = {
            "textDocument": {"completion": {"completionItem": markdown}, "hover": {}},
            "workspace": {"configuration": True},
        }
        root = self._folder.as_uri()
        folders = [{"uri": root, "name": "plans"}]
        self._ask(
            "initialize",
            processId=None,
            rootUri=root,
            workspaceFolders=folders,
            capabilities=can,
        )
        self._tell("initialized")
        self._tell("workspace/didChangeConfiguration", settings={})
        while self._hear().get("method") != "workspace/configuration":
            pass

    def open(self, name: str, text: str) -> str:
        """A document is opened; its URI."""
        uri = (self._folder / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", textDocument=document)
        return uri

    def diagnostics(self, uri: str) -> list[str]:
        """What is said of a document once it has been looked at: "line: message"."""
        while uri not in self._diagnostics:
            self._hear()
        return [
            f"{said['range']['start']['line'] + 1}: {said['message']}"
            for said in self._diagnostics[uri]
        ]

    def completions(self, uri: str, line: int, character: int) -> dict[str, Completion]:
        """What could be written at a place, by its label."""
        said = self._ask("textDocument/completion", **_place(uri, line, character))
        return {
            item["label"]: Completion(item["insertText"], _text(item.get("documentation")))
            for item in said["items"]
        }

    def hover(self, uri: str, line: int, character: int) -> str:
        """What is shown of the word at a place."""
        said = self._ask("textDocument/hover", **_place(uri, line, character))
        return _text(said["contents"]) if said else ""

    def stop(self) -> None:
        """The server ends, by itself or not."""
        self._ask("shutdown")
        self._tell("exit")
        self._to.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join()
        self._from.close()

    def _ask(self, method: str, **parameters: Any) -> Any:
        self._asked += 1
        number = self._asked
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            message = self._hear()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def _tell(self, method: str, **parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._to.flush()

    def _hear(self) -> dict[str, Any]:
        """The next message; what the server asks of the editor is answered here."""
        message = self._heard.get(timeout=PATIENCE)
        match message.get("method"):
            case "textDocument/publishDiagnostics":
                said = message["params"]
                self._diagnostics[said["uri"]] = said["diagnostics"]
            case "workspace/configuration":
                wanted = message["params"]["items"]
                answer = [self._settings.get(item.get("section"), {}) for item in wanted]
                self._send({"id": message["id"], "result": answer})
            case str() if "id" in message:
                self._send({"id": message["id"], "result": None})
        return message

    def _listen(self) -> None:
        for message in _messages(self._from):
            self._heard.put(message)


def _messages(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    while headers := list(iter(lambda: stream.readline().strip(), b"")):
        (length,) = (int(h.split(b":")[1]) for h in headers if h.lower().startswith(b"content-l"))
        yield json.loads(stream.read(length))


def _place(uri: str, line: int, character: int) -> dict[str, Any]:
    position = {"line": line, "character": character}
    return {"textDocument": {"uri": uri}, "position": position}


def _text(said: Any) -> str:
    return said["value"] if isinstance(said, dict) else said or ""
