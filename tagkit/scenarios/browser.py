"""Which browser, and how it is started."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Chromium without a window's worth of code: a page of scenarios takes half the time in it.
_SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
_SYSTEM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FAMILIES = {
    "chromium": "chromium",
    "chrome": "chromium",
    "edge": "chromium",
    "firefox": "firefox",
    "webkit": "webkit",
}
_CHANNELS = {"chrome": "chrome", "edge": "msedge"}
_INSTALL = "install Chromium or Chrome, or run: playwright install chromium"
NO_PLAYWRIGHT = (
    "'tagkit test' and 'tagkit doctor' drive a browser with Playwright, which is not installed: "
    'pip install "tagkit[browser]"'
)


class NoBrowserError(RuntimeError):
    """There is no browser to run; the text says what to do."""


class Browser(NamedTuple):
    """A browser to start: Playwright's word for its kind, and the arguments of ``launch``."""

    family: str
    options: dict[str, Any]


def chromium_path(*, headed: bool = False) -> str | None:
    """The Chromium on this machine, or None."""
    names = _SYSTEM if headed else _SHELLS + _SYSTEM
    found = (os.environ.get("TAGKIT_CHROMIUM"), *(shutil.which(name) for name in names))
    return next((path for path in found if path), None)


def choose(
    asked: str = "", own: Callable[[str], str] = lambda _: "", *, headed: bool = False
) -> Browser:
    """The browser that is asked for: a path, a name, or nothing: the one that is there.

    ``headed`` is for one that shows a window. ``own`` gives the path of Playwright's own browser of
    a family. Raises NoBrowserError.
    """
    if asked in _CHANNELS:
        return Browser("chromium", {"channel": _CHANNELS[asked], "args": ARGUMENTS})
    family = _FAMILIES.get(asked, "")
    if asked and not family:
        path = shutil.which(asked) or asked
        if not Path(path).is_file():
            message = f"there is no browser '{asked}'; name its program, or chromium, chrome, "
            raise NoBrowserError(message + "edge, firefox or webkit")
        return Browser(_family_of(path), _options(path, _family_of(path)))
    if family in ("firefox", "webkit"):
        if not Path(own(family)).is_file():
            message = f"Playwright's {family} is not installed; run: playwright install {family}"
            raise NoBrowserError(message)
        return Browser(family, {})
    path = chromium_path(headed=headed) or ""
    if path and not Path(path).is_file():
        message = f"TAGKIT_CHROMIUM is '{path}', and there is no such program"
        raise NoBrowserError(message)
    if not path and not Path(own("chromium")).is_file():
        message = f"no browser found; {_INSTALL}"
        raise NoBrowserError(message)
    return Browser("chromium", _options(path, "chromium"))


def _family_of(path: str) -> str:
    return "firefox" if "firefox" in Path(path).name.lower() else "chromium"


def _options(path: str, family: str) -> dict[str, Any]:
    arguments = {"args": ARGUMENTS} if family == "chromium" else {}
    return arguments | ({"executable_path": path} if path else {})
