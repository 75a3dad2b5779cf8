"""Who is answered what: this machine's browser, and nobody else."""

from __future__ import annotations

import contextlib
import json
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tagkit.preview.run import prepare

if TYPE_CHECKING:
    from collections.abc import Callable

    from .client import Client

    Start = Callable[..., Client]


@pytest.fixture
def page(folder: Path, preview: Start) -> Client:
    (folder / "shop").mkdir()
    (folder / "shop" / "tea.html").write_text("<head><title>Tea</title></head><p>Tea</p>", "utf-8")
    return preview(page="shop/tea.html")


def test_only_this_machine_is_listened_to(page: Client) -> None:
    assert page.origin.startswith("http://127.0.0.1:")
    assert page.ask("/tea.html").status == 200


@pytest.mark.parametrize("host", ["127.0.0.1:{}", "localhost:{}"])
def test_its_own_names(page: Client, host: str) -> None:
    assert page.ask("/__tagkit__/", Host=host.format(page.port)).status == 200


@pytest.mark.parametrize(
    "host", ["rebound.example:{}", "rebound.example", "127.0.0.1", "127.0.0.1:1", "localhost", ""]
)
@pytest.mark.parametrize("path", ["/__tagkit__/", "/__tagkit__/state.json", "/tea.html"])
def test_another_name_is_refused(page: Client, host: str, path: str) -> None:
    answered = page.ask(path, Host=host.format(page.port))
    assert answered.status == 403
    assert "Tea House" not in answered.text


def test_a_request_without_a_name_is_refused(page: Client) -> None:
    assert page.raw(b"GET /tea.html HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 403")


def test_other_sites_cannot_ask_but_may_link(page: Client) -> None:
    asks = {"Sec_Fetch_Site": "cross-site"}
    assert page.ask("/tea.html", Sec_Fetch_Mode="no-cors", **asks).status == 403
    assert page.ask("/tea.html", Sec_Fetch_Mode="navigate", **asks).status == 200
    (policy,) = page.ask("/__tagkit__/gtm.js").all("Cross-Origin-Resource-Policy")
    assert policy == "same-origin"


@pytest.mark.parametrize("path", ["/cart/add", "/__tagkit__/forget", "/__tagkit__/mentioned"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"},  # a form
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "navigate"},  # at another port
        {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors"},
        {"Origin": "https://other.example"},  # of a browser of before 2023
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "null"},
    ],
)
def test_other_sites_cannot_make_it_do_anything(
    page: Client, path: str, headers: dict[str, str]
) -> None:
    assert page.ask(path, "POST", b"x.example", **headers).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Fetch_Site": "same-origin", "Origin": "null"},  # Referrer-Policy: no-referrer
        {"Sec_Fetch_Site": "none", "Sec_Fetch_Mode": "navigate"},
        {"Origin": "own"},
        {},
    ],
)
def test_its_own_pages_can(page: Client, headers: dict[str, str]) -> None:
    headers = {k: page.origin if v == "own" else v for k, v in headers.items()}
    assert page.ask("/__tagkit__/forget", "POST", **headers).status == 204


def test_a_link_forgets_nothing(page: Client) -> None:
    answered = page.ask("/__tagkit__/forget")
    assert (answered.status, answered.header("Clear-Site-Data")) == (404, None)


@pytest.mark.parametrize(
    ("headers", "has_simulator"),
    [
        ({}, True),
        ({"Sec_Fetch_Dest": "iframe"}, True),
        ({"Sec_Fetch_Dest": "empty"}, False),
        ({"X_Requested_With": "XMLHttpRequest"}, False),
        ({"Sec_Fetch_Dest": "document", "X_Requested_With": "com.android.browser"}, True),
    ],
)
def test_what_a_script_fetches_is_no_page(
    page: Client, headers: dict[str, str], has_simulator: bool
) -> None:
    assert ("bridge.js" in page.ask("/tea.html", **headers).text) == has_simulator


def test_it_is_no_proxy_for_others(page: Client) -> None:
    head = f"Host: 127.0.0.1:{page.port}\r\n\r\n".encode()
    assert page.raw(b"GET http://other.example/ HTTP/1.1\r\n" + head).startswith(b"HTTP/1.1 400")
    assert page.raw(b"CONNECT other.example:443 HTTP/1.1\r\n" + head).startswith(b"HTTP/1.1 501")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Transfer_Encoding": "chunked"}, 411),
        ({"Content_Length": "many"}, 411),
        ({"Content_Length": "50000001"}, 413),
    ],
)
def test_what_is_sent_has_an_end(page: Client, headers: dict[str, str], status: int) -> None:
    assert page.ask("/tea.html", "POST", **headers).status == status


def test_the_head_of_a_page_alone(page: Client) -> None:
    answered = page.ask("/tea.html", "HEAD")
    assert (answered.status, answered.body) == (200, b"")
    assert int(answered.header("Content-Length") or 0) > 100


def test_the_panel_runs_no_code_but_its_own(page: Client) -> None:
    answered = page.ask("/__tagkit__/")
    assert answered.header("Content-Type") == "text/html; charset=utf-8"
    assert "script-src 'self';" in (answered.header("Content-Security-Policy") or "")
    assert (
        page.ask("/__tagkit__/panel.js").header("Content-Type") == "text/javascript; charset=utf-8"
    )


@pytest.mark.parametrize("name", ["nothing-of-ours", "../simulator/runtime.js", "%2e%2e/x", "a/b"])
def test_what_is_not_ours(page: Client, name: str) -> None:
    assert page.ask(f"/__tagkit__/{name}").status == 404


def test_the_stand_ins(page: Client) -> None:
    assert "TagkitSimulator.start" in page.ask("/__tagkit__/gtm.js?id=GTM-ABC").text
    assert "fbq" in page.ask("/__tagkit__/fbevents.js").text
    assert page.ask("/__tagkit__/nothing.js").body == b""


def test_a_new_visitor_has_no_cookies(page: Client) -> None:
    answered = page.ask("/__tagkit__/forget", "POST")
    assert (answered.status, answered.header("Clear-Site-Data")) == (204, '"cookies"')


def test_what_the_panel_is_told(page: Client) -> None:
    state = json.loads(page.ask("/__tagkit__/state.json").body)
    assert state["business"] == "Tea House"
    assert state["shop"] == {"start": "/tea.html", "opens": "shop/", "isFile": True}
    assert state["updateEvents"] == ["banner_answered"]
    roles = {one["id"]: one["role"] for one in state["conversions"]}
    assert roles == {
        "purchase": "goal", "view_item": "funnel", "add_to_cart": "funnel",
        "newsletter_signup": "secondary", "phone_click": "secondary", "form_error": "anti",
    }  # fmt: skip
    (cart,) = [one for one in state["conversions"] if one["id"] == "add_to_cart"]
    assert (cart["ga4"], cart["meta"]) == ("add_to_cart", "AddToCart")
    assert sorted(cart["tags"].values()) == ["GA4", "Meta"]


def test_the_plan_is_read_again_when_it_changes(page: Client, folder: Path) -> None:
    def state() -> dict[str, object]:
        return json.loads(page.ask("/__tagkit__/state.json").body)  # type: ignore[no-any-return]

    plan = folder / "plan.yaml"
    good = plan.read_text("utf-8")
    first = state()
    plan.write_text(good.replace("Tea House", "Coffee House and more"), "utf-8")
    second = state()
    assert second["business"] == "Coffee House and more"
    assert second["version"] == first["version"] + 1  # type: ignore[operator]
    plan.write_text(good.replace("add_to_cart", "add_to_kart"), "utf-8")
    broken = state()
    assert broken["business"] == "Coffee House and more"
    (error,) = [d for d in broken["diagnostics"] if d["severity"] == "error"]  # type: ignore[attr-defined]
    assert "add_to_kart" in error["message"]
    assert error["place"].endswith("plan.yaml:7:32")
    plan.unlink()
    assert state()["diagnostics"]
    plan.write_text(good, "utf-8")
    assert [d for d in state()["diagnostics"] if d["severity"] == "error"] == []  # type: ignore[attr-defined]


def test_a_base_plan_that_changes_counts_too(folder: Path, preview: Start) -> None:
    (folder / "page.html").write_text("x", "utf-8")
    (folder / "plan.yaml").rename(folder / "base.yaml")
    (folder / "plan.yaml").write_text("extends: base.yaml\nbusiness: {name: Branch}\n", "utf-8")
    client = preview(page="page.html")
    base = (folder / "base.yaml").read_text("utf-8")
    (folder / "base.yaml").write_text(base.replace(", phone_click]", "]"), "utf-8")
    assert "phone_click" not in client.ask("/__tagkit__/state.json").text


# --- files of the page's folder


def test_the_page_and_its_neighbours(page: Client, folder: Path) -> None:
    (folder / "shop" / "pics").mkdir()
    (folder / "shop" / "pics" / "ä b.png").write_bytes(b"\x89PNG")
    (folder / "shop" / "pics" / "index.html").write_text("<p>all</p>", "utf-8")
    (folder / "shop" / "code.js").write_text(
        "load('https://www.googletagmanager.com/gtm.js?id=GTM-ABC')", "utf-8"
    )
    first = page.ask("/")
    assert (first.status, first.header("Location")) == (302, "/tea.html")
    assert page.ask("/tea.html?a=1").text.startswith('<head><script src="/__tagkit__/bridge.js">')
    picture = page.ask("/pics/%C3%A4%20b.png")
    assert (picture.header("Content-Type"), picture.body) == ("image/png", b"\x89PNG")
    assert page.ask("/pics/%C3%A4%20b.png", "HEAD").body == b""
    assert "all" in page.ask("/pics/").text
    assert page.ask("/code.js").text == "load('/__tagkit__/gtm.js?id=GTM-ABC')"


def test_a_page_loads_nothing_from_those_who_measure(page: Client, folder: Path) -> None:
    (folder / "shop" / "tea.html").write_text(
        "<img src='//cdn.example/a.png'><img src='https://www.google-analytics.com/collect'>"
        "<script src='https://connect.facebook.net/x.js'></script>",
        "utf-8",
    )
    policy = page.ask("/tea.html").header("Content-Security-Policy") or ""
    assert "connect-src 'self' data: blob: cdn.example;" in policy
    assert "google" not in policy
    assert "facebook" not in policy


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/pics/..%2f..%2fsecret.txt",
        "/%2e%2e%5csecret.txt", "/..\\secret.txt", "//etc/passwd", "/%2fetc/passwd", "/out/secret.txt",
        "/out.txt", "/.env", "/.git/config", "/%00", "/tea.html%00.png", "/nothing.html", "/empty/",
        "/tea.html/x", "/" + "a" * 5000,
    ],
)  # fmt: skip
def test_nothing_outside_the_folder(page: Client, folder: Path, path: str) -> None:
    (folder / "secret.txt").write_text("secret", "utf-8")
    shop = folder / "shop"
    (shop / "out").symlink_to(folder)
    (shop / "out.txt").symlink_to(folder / "secret.txt")
    (shop / ".env").write_text("secret", "utf-8")
    (shop / "empty").mkdir()
    answered = page.ask(path)
    assert answered.status == 404
    assert "secret\n" not in answered.text
    assert "root:" not in answered.text


def test_an_index_that_points_outside(page: Client, folder: Path) -> None:
    (folder / "secret.txt").write_text("secret", "utf-8")
    (folder / "shop" / "sub").mkdir()
    (folder / "shop" / "sub" / "index.html").symlink_to(folder / "secret.txt")
    assert page.ask("/sub/").status == 404


def test_a_file_that_may_not_be_read(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    assert page.ask("/tea.html").status == 404


def test_a_failure_of_ours_is_told(page: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tagkit.preview.own.start", None)
    answered = page.ask("/__tagkit__/gtm.js")
    assert answered.status == 500
    assert "bug of tagkit" in answered.text
    assert "Traceback" not in answered.text


def test_a_page_may_ask_for_much_at_once(folder: Path) -> None:
    """Who finds no room is not refused, but tries again after a second, and after two."""
    server, _ = prepare(folder / "plan.yaml", {}, url=None, page=None, port=0)
    assert server is not None
    with contextlib.ExitStack() as opened:
        opened.callback(server.server_close)
        for _ in range(60):  # nobody answers yet
            address = ("127.0.0.1", server.server_port)
            opened.enter_context(socket.create_connection(address, timeout=5))
