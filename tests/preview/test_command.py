"""tagkit preview: what it says, how it ends."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tagkit import cli
from tagkit.preview import run as running

if TYPE_CHECKING:
    from pathlib import Path

    from .shops import RunningShop


@pytest.fixture(autouse=True)
def page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "page.html").write_text("<p>page", "utf-8")
    monkeypatch.chdir(folder)


@pytest.fixture
def stopped_at_once(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The command without its server's life; the addresses that a browser was opened at."""
    opened: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(running.webbrowser, "open", lambda url: opened.append(url) or True)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(running.PreviewServer, "serve_forever", interrupted)
    return opened


def preview(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, ["preview", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_it_opens_a_browser(stopped_at_once: list[str]) -> None:
    code, out, err = preview("plan.yaml", "--page", "page.html")
    assert (code, err) == (0, "")
    assert re.fullmatch(
        r"http://127\.0\.0\.1:\d+/__tagkit__/ shows page\.html; Ctrl-C stops it\n", out
    )
    assert stopped_at_once == [out.split(" ")[0]]


def test_ctrl_c_while_the_browser_opens(
    stopped_at_once: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(running.webbrowser, "open", interrupted)
    assert preview("plan.yaml", "--page", "page.html")[0] == 0
    assert stopped_at_once == []


def test_it_opens_none_where_there_is_no_screen(
    stopped_at_once: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running.sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    assert preview("plan.yaml", "--page", "page.html")[0] == 0
    assert stopped_at_once == []


def test_it_opens_none(stopped_at_once: list[str]) -> None:
    assert preview("plan.yaml", "--page", "page.html", "--no-open")[0] == 0
    assert stopped_at_once == []


def test_a_running_shop(stopped_at_once: list[str], running_shop: RunningShop) -> None:
    code, out, _ = preview("plan.yaml", "--url", f"{running_shop.origin}/tea", "--no-open")
    assert code == 0
    assert f"shows {running_shop.origin}/tea; " in out
    assert stopped_at_once == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--page", "x.html", "--url", "https://a.example"], "--url and --page each name a page; write one of them"),
        (["--page", "nothing.html"], "nothing.html does not exist"),
        (["--page", "."], ". is a folder; name a page in it"),
        (["--url", "shop.example"], "--url takes the address of a shop, https://…, not 'shop.example'"),
        (["--url", "http://127.0.0.1:9/"], "http://127.0.0.1:9 cannot be reached: connection refused"),
        (["--page", "page.html", "--port", "65536"], "--port takes a number up to 65535, not 65536"),
        (["--page", "page.html", "--port", "-1"], "--port takes a number up to 65535, not -1"),
    ],
)  # fmt: skip
def test_wrong_calls(arguments: list[str], said: str) -> None:
    assert preview("plan.yaml", *arguments) == (2, "", f"tagkit: {said}\n")


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        code, out, err = preview("plan.yaml", "--page", "page.html", "--port", str(port))
    assert (code, out) == (2, "")
    assert err == f"tagkit: port {port} is taken; without --port a free one is used\n"


def test_a_port_that_may_not_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(running.PreviewServer, "server_bind", refuse)
    code, _, err = preview("plan.yaml", "--page", "page.html", "--port", "80")
    assert (code, err) == (2, "tagkit: cannot listen at 127.0.0.1:80: permission denied\n")


def test_a_plan_with_an_error(folder: Path) -> None:
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("add_to_cart", "add_to_kart"), "utf-8")
    code, out, err = preview("plan.yaml", "--page", "page.html")
    assert (code, out) == (1, "")
    assert "plan.yaml:7:32: error" in err


@pytest.mark.parametrize("name", ["nothing.yaml", ".", "page.html"])
def test_what_is_no_plan(name: str) -> None:
    code, out, err = preview(name, "--page", "page.html")
    assert (code, out) == (1, "")
    assert "error[TK" in err
    assert "Traceback" not in err


def test_a_container_is_no_plan(folder: Path) -> None:
    (folder / "container.json").write_text(
        '{"exportFormatVersion": 2, "containerVersion": {}}', "utf-8"
    )
    code, _, err = preview("container.json", "--page", "page.html")
    assert code == 1
    assert "'preview' takes a plan; 'tagkit adopt' writes the plan of a container" in err


def test_values_of_variables(folder: Path, stopped_at_once: list[str]) -> None:
    plan = folder / "plan.yaml"
    text = plan.read_text("utf-8").replace("Tea House", '"${name}"')
    plan.write_text(f"vars: {{name: Tea}}\n{text}", "utf-8")
    assert preview("plan.yaml", "--page", "page.html", "--set", "name=Coffee")[0] == 0
    assert len(stopped_at_once) == 1


@pytest.mark.parametrize("signal_number", [signal.SIGINT])
def test_ctrl_c_ends_it(folder: Path, signal_number: int) -> None:
    """A whole process; a browser's connection is open, and a file is asked for."""
    environment = {**os.environ, "BROWSER": "true"}
    started = subprocess.Popen(
        [sys.executable, "-m", "tagkit", "preview", "plan.yaml", "--page", "page.html", "--no-open"],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert started.stdout
    line = started.stdout.readline()
    port = int(re.search(r":(\d+)/", line)[1])  # type: ignore[index]
    waiting = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    waiting.request("GET", "/page.html")
    assert waiting.getresponse().read().endswith(b"<p>page")
    started.send_signal(signal_number)
    out, err = started.communicate(timeout=30)
    waiting.close()
    assert (started.returncode, out, err) == (0, "", "")
