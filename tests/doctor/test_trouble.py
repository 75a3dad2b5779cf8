"""Addresses that do not answer as a shop does, and files that are no pages."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from tagkit.cli import app
from tagkit.doctor.command import Examined, Wanted, examine
from tagkit.scenarios.options import Options
from tests.doctor.examining import Few
from tests.preview.shops import RunningShop, Said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = (
    "<!doctype html><html><head><title>T</title>{head}</head><body><h1>Tea</h1>{body}</body></html>"
)


@pytest.fixture
def shop() -> Iterator[RunningShop]:
    shop = RunningShop()
    yield shop
    shop.stop()


def look(*pages: str, timeout: float = 20, **more: Any) -> Examined:
    return examine(Wanted(pages, Options(timeout=timeout), **more), Few())


def said(done: Examined) -> list[tuple[str, str]]:
    return [(d.rule.code, d.message) for d in done.report.diagnostics]


def page(head: str = "", body: str = "") -> Said:
    return Said(PAGE.format(head=head, body=body))


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


ANSWERS: list[tuple[Said, list[tuple[str, str]]]] = [
    (Said(PAGE, 404), [("TK621", "the shop says that there is no such page (404)")]),
    (Said(PAGE, 410), [("TK621", "the shop says that there is no such page (410)")]),
    (Said(PAGE, 503), [("TK620", "the shop answers with an error (503)")]),
    (Said(PAGE, 429), [("TK620", "the shop answers with an error (429)")]),
    (Said(PAGE, 403), [("TK620", "the shop refuses the page (403)")]),
    (
        Said("{}", content_type="application/json"),
        [("TK620", "what is there is no page: application/json")],
    ),
    (
        Said("x", content_type="application/zip", headers=[("Content-Disposition", "attachment")]),
        [("TK620", "what is there is a download, no page")],
    ),
    (Said(raw=b""), [("TK620", "'HOST' closes the connection and says nothing")]),
    (Said(""), [("TK621", "the page is empty")]),
]


@pytest.mark.parametrize(("answer", "expected"), ANSWERS)
def test_an_answer_that_is_no_page(
    answer: Said, expected: list[tuple[str, str]], shop: RunningShop
) -> None:
    shop.pages["/p"] = answer
    done = look(f"{shop.origin}/p")
    host = shop.origin.partition("//")[2]
    assert said(done) == [(code, text.replace("HOST", host)) for code, text in expected]


def test_nobody_answers() -> None:
    port = free_port()
    done = look(f"http://127.0.0.1:{port}/")
    assert said(done) == [("TK620", f"nothing answers at '127.0.0.1:{port}'")]
    assert done.summary is not None
    assert done.summary.conversions == ()
    assert "not seen" in done.summary.table()


def test_there_is_no_such_host() -> None:
    assert said(look("http://no-such-shop.invalid/")) == [
        ("TK620", "there is no host 'no-such-shop.invalid'")
    ]


def test_the_others_are_judged_all_the_same(shop: RunningShop) -> None:
    shop.pages["/p"] = page()
    done = look(f"http://127.0.0.1:{free_port()}/", f"{shop.origin}/p")
    assert [code for code, _ in said(done)] == ["TK620"]
    assert done.summary is not None
    assert len(done.summary.conversions) == len(Few.ids)


def test_a_redirect_is_said(shop: RunningShop) -> None:
    shop.pages["/checkout"] = Said("", 302, [("Location", "/cart")])
    shop.pages["/cart"] = page()
    done = look(f"{shop.origin}/checkout")
    message = f"the page leads on to '{shop.origin}/cart', and that was looked at"
    assert said(done) == [("TK621", message)]


def test_a_slash_is_no_other_page(shop: RunningShop) -> None:
    shop.pages["/tea"] = Said("", 301, [("Location", "/tea/")])
    shop.pages["/tea/"] = page()
    assert said(look(f"{shop.origin}/tea")) == []


def test_redirects_without_end(shop: RunningShop) -> None:
    shop.pages["/p"] = Said("", 302, [("Location", "/p")])
    host = shop.origin.partition("//")[2]
    assert said(look(f"{shop.origin}/p")) == [("TK620", f"'{host}' redirects without end")]


def test_a_page_that_navigates_away(shop: RunningShop) -> None:
    shop.pages["/p"] = page("<script>location.replace('/q')</script>")
    shop.pages["/q"] = page(body='<a href="tel:1">Call</a>')
    done = look(f"{shop.origin}/p")
    assert [code for code, _ in said(done)] == ["TK621"]
    assert done.summary is not None
    verdicts = {one.id: one.best.state for one in done.summary.conversions}
    assert verdicts["phone_click"] == "detectable"


def test_a_page_that_navigates_without_end(shop: RunningShop) -> None:
    shop.pages["/p"] = page("<script>location.href = '/p?' + Math.random()</script>")
    done = look(f"{shop.origin}/p", timeout=5)
    assert said(done) == [("TK620", "the page goes from one address to the next without end")]


def test_no_answer_in_time() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        done = look(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=1)
    assert said(done) == [("TK620", "no answer in 1 seconds")]


def test_a_page_that_never_ends_loading(shop: RunningShop) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        slow = f'<img src="http://127.0.0.1:{silent.getsockname()[1]}/x.png"><a href="tel:1">x</a>'
        shop.pages["/p"] = page(body=slow)
        done = look(f"{shop.origin}/p", timeout=2)
    assert [code for code, _ in said(done)] == ["TK622"]
    assert "still loading" in said(done)[0][1]


def test_a_page_whose_script_never_ends(shop: RunningShop) -> None:
    shop.pages["/p"] = page(body="<script>setTimeout(function () { while (true) {} }, 0)</script>")
    shop.pages["/q"] = page()
    done = look(f"{shop.origin}/p", f"{shop.origin}/q", timeout=2)
    assert said(done) == [("TK620", "the page's JavaScript does not come to an end")]


def test_scripts_that_fail(shop: RunningShop) -> None:
    shop.pages["/p"] = page("<script>throw new Error('no tea')</script><script>nothing()</script>")
    assert said(look(f"{shop.origin}/p")) == [
        ("TK622", "a script of the page failed: no tea (and 1 more)")
    ]


@pytest.mark.parametrize("by_header", [True, False])
def test_a_policy_that_shuts_gtm_out(shop: RunningShop, *, by_header: bool) -> None:
    policy = "script-src 'self' 'unsafe-inline' 'unsafe-eval'"
    meta = f'<meta http-equiv="content-security-policy" content="{policy}">'
    shop.pages["/p"] = Said(
        PAGE.format(head="" if by_header else meta, body=""),
        headers=[("Content-Security-Policy", policy)] * by_header,
    )
    message = "the Content-Security-Policy of the page forbids GTM's script"
    assert said(look(f"{shop.origin}/p")) == [("TK630", message)]


def test_a_strict_policy_changes_nothing(shop: RunningShop) -> None:
    policy = "default-src 'none'; script-src 'nonce-a'; require-trusted-types-for 'script'; sandbox allow-scripts"
    shop.pages["/p"] = Said(
        PAGE.format(
            head='<script nonce="a">var prestashop = {page: {page_name: "cart"}}</script>', body=""
        ),
        headers=[("Content-Security-Policy", policy)],
    )
    done = look(f"{shop.origin}/p")
    assert done.summary is not None
    assert done.summary.pages[0].platform.id == "prestashop"


def test_a_certificate_that_nobody_trusts(tmp_path: Path) -> None:
    command = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=x"
    try:
        subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("there is no openssl to make a certificate")
    shop = RunningShop()
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
        shop.server.socket = context.wrap_socket(shop.server.socket, server_side=True)
        shop.pages["/p"] = page()
        url = shop.origin.replace("http:", "https:") + "/p"
        host = shop.origin.partition("//")[2]
        refused = look(url)
        assert said(refused) == [
            ("TK620", f"the certificate of '{host}' is none that a browser trusts")
        ]
        assert said(look(url, lax=True)) == []
    finally:
        shop.stop()


def test_a_visit_counts_nowhere(shop: RunningShop) -> None:
    """Hits are answered here, also those that go by way of the shop's own host; IDs are seen."""
    hits = """<script>
    fetch('/metrics/g/collect?v=2&tid=G-SERVER0001&en=page_view', {method: 'POST'});
    navigator.sendBeacon('/g/collect?v=2&tid=G-BEACON0001', 'en=page_view');
    new Image().src = 'https://www.facebook.com/tr/?id=1234567890123456&ev=PageView';
    fetch('/api/stock');
    </script>"""
    shop.pages["/p"] = page(body=hits)
    shop.pages["/api/stock"] = Said("{}")
    done = look(f"{shop.origin}/p")
    assert done.summary is not None
    found = [one.id for one in done.summary.pages[0].destinations]
    assert sorted(found) == ["1234567890123456", "G-BEACON0001", "G-SERVER0001"]
    targets = [heard.target for heard in shop.heard]
    assert "/api/stock" in targets
    assert not [target for target in targets if "collect" in target]


def test_a_password_is_not_printed(shop: RunningShop) -> None:
    shop.pages["/p"] = page()
    done = look(shop.origin.replace("//", "//ada:secret@") + "/p")
    assert done.summary is not None
    assert "secret" not in done.summary.table() + str(done.summary.shape()) + str(said(done))


FILES: list[tuple[str, bytes, tuple[str, str]]] = [
    ("notes.html", b"just some notes", ("TK620", "this is no HTML page")),
    ("plan.yaml", b"tagkit: 1\nbusiness: {name: Tea}\n", ("TK620", "this is no HTML page")),
    ("page.html", b"", ("TK620", "the file is empty")),
    ("page.zip", b"PK\x03\x04abc", ("TK620", "this is a zip archive, no page")),
    ("page.pdf", b"%PDF-1.7 <html>", ("TK620", "this is a PDF document, no page")),
]


@pytest.mark.parametrize(("name", "content", "expected"), FILES)
def test_a_file_that_is_no_page(
    name: str, content: bytes, expected: tuple[str, str], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    done = look(str(tmp_path / name))
    assert said(done) == [expected]
    assert done.summary is None


def test_a_file_of_200_megabytes(tmp_path: Path) -> None:
    with (tmp_path / "large.html").open("wb") as file:
        file.truncate(200_000_000)
    assert said(look(str(tmp_path / "large.html"))) == [
        ("TK004", "the file has 200.0 MB, at most 20 MB can be read")
    ]


def test_no_such_file(tmp_path: Path) -> None:
    (tmp_path / "product.html").write_text(PAGE)
    done = look(str(tmp_path / "prodct.html"))
    (found,) = done.report.diagnostics
    assert (found.rule.code, found.hint) == ("TK001", "did you mean 'product.html'?")


def test_an_address_without_its_beginning() -> None:
    (found,) = look("herbata.example/product").report.diagnostics
    assert found.hint == "a page of the web is written https://herbata.example/product"


@pytest.mark.parametrize("address", ["https://", "http://[::1", "https://tea.example:99999/"])
def test_no_address(address: str) -> None:
    assert said(look(address)) == [("TK620", "this is no address")]


def test_a_folder(tmp_path: Path) -> None:
    assert [code for code, _ in said(look(str(tmp_path)))] == ["TK002"]


def test_letters_of_an_old_page(tmp_path: Path) -> None:
    """A page says its encoding itself; its selectors and names are read by that."""
    html = (
        '<html><head><meta charset="iso-8859-2"></head><body id="zażółć"><h1>Tea</h1></body></html>'
    )
    (tmp_path / "old.html").write_bytes(html.encode("iso-8859-2"))
    done = look(str(tmp_path / "old.html"))
    assert done.summary is not None
    facts = done.summary.pages[0].page.facts
    assert facts is not None
    assert facts.body_id == "zażółć"


def test_files_saved_beside_a_page(tmp_path: Path) -> None:
    """What a browser saves with a page is there; what lies outside of its folder is not."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "core.js").write_text("var prestashop = {page: {page_name: 'cart'}};")
    (tmp_path / "secret.js").write_text("var Shop = {pageType: 'x'};")
    scripts = '<script src="core.js"></script><script src="../secret.js"></script>'
    scripts += '<script src="/../secret.js"></script><script src="%2e%2e%2fsecret.js"></script>'
    (tmp_path / "shop" / "page.html").write_text(PAGE.format(head=scripts, body=""))
    done = look(str(tmp_path / "shop" / "page.html"))
    assert done.summary is not None
    (seen,) = done.summary.pages
    assert seen.platform.id == "prestashop"
    assert seen.page.facts is not None
    assert seen.page.facts.globals["Shop.pageType"] is None


def test_the_same_page_twice_is_one(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    done = look(str(tmp_path / "page.html"), str(tmp_path / "page.html"))
    assert done.summary is not None
    assert len(done.summary.pages) == 1


def test_no_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.html").write_text(PAGE)
    monkeypatch.setenv("TAGKIT_CHROMIUM", str(tmp_path / "nothing"))
    done = look(str(tmp_path / "page.html"))
    assert re.fullmatch(
        r"TAGKIT_CHROMIUM is '.*', and there is no such program", done.refusal or ""
    )


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_an_address_is_no_path(
    form: str, shop: RunningShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a checkout, names of files start there; addresses do not."""
    shop.pages["/p"] = Said(PAGE, 404)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    result = CliRunner().invoke(app, ["doctor", f"{shop.origin}/p?a=b", "--format", form])
    place = {"sarif": f'"uri": "{shop.origin}/p?a=b"', "github": f"file={shop.origin}/p?a=b"}[form]
    assert place.replace(":", "%3A") in result.stdout.replace(":", "%3A")
    assert f"../{shop.origin}" not in result.stdout
