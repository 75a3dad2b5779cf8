"""From what the command was given to a server that runs."""

from __future__ import annotations

import errno
import gc
import os
import sys
import webbrowser
from typing import TYPE_CHECKING

from tagkit.paths import relative
from tagkit.preview.folder import Folder
from tagkit.preview.server import ADDRESS, PreviewServer
from tagkit.preview.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tagkit.plan.substitute import Given
    from tagkit.preview.exchange import Shop
    from tagkit.report.report import Report

_LAST_PORT = 65535


class CannotPreviewError(Exception):
    """The command was called wrongly, or what it names cannot be had; the message says it."""


def prepare(
    plan: Path, given: Mapping[str, Given], *, url: str | None, page: Path | None, port: int
) -> tuple[PreviewServer | None, Report]:
    """A server that is bound, None when the plan has an error; and what was found in the plan."""
    if url is not None and page is not None:
        message = "--url and --page each name a page; write one of them"
        raise CannotPreviewError(message)
    if not 0 <= port <= _LAST_PORT:
        message = f"--port takes a number up to {_LAST_PORT}, not {port}"
        raise CannotPreviewError(message)
    session = Session(plan, given)
    if session.built is None:
        return None, session.report
    shop = _shop(session, plan, url, page)
    try:
        return PreviewServer(session, shop, port), session.report
    except OSError as error:
        raise CannotPreviewError(_why(error, port)) from error


def serve(server: PreviewServer, *, opens: bool) -> None:
    """Answer until Ctrl-C."""
    gc.enable()  # a command's life is short, this one's is not
    sys.stdout.flush()
    try:
        if opens and _has_screen():
            webbrowser.open(server.url)
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


def _has_screen() -> bool:
    """Whether a browser has a window to open; one of the terminal would take it from us."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def _shop(session: Session, plan: Path, url: str | None, page: Path | None) -> Shop:
    if url is not None:
        return _running_shop(url)
    if page is None:
        from tagkit.preview.demo import Demo

        return Demo(session)
    if not page.is_file():
        what = "is a folder; name a page in it" if page.is_dir() else "does not exist"
        message = f"{page} {what}"
        raise CannotPreviewError(message)
    folder = relative(str(page.parent.absolute()), str(plan.parent.absolute()))
    return Folder(page, "" if folder == "." else f"{folder}/")


def _running_shop(url: str) -> Shop:
    from tagkit.preview.upstream import UnreachableError, reach

    try:
        return reach(url)
    except ValueError as error:
        message = f"--url takes the address of a shop, https://…, not '{url}'"
        raise CannotPreviewError(message) from error
    except UnreachableError as error:
        raise CannotPreviewError(str(error)) from error


def _why(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken; without --port a free one is used"
    said = (error.strerror or os.strerror(error.errno or 0)).lower()
    return f"cannot listen at {ADDRESS}:{port}: {said}"
