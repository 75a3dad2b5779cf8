"""--url: a running shop through the preview."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import zlib
from email.message import Message
from typing import TYPE_CHECKING

import pytest

from tagkit.preview.exchange import Asked
from tagkit.preview.rewrite import Site
from tagkit.preview.upstream import UnreachableError, Upstream, reach, why

from .shops import Heard, Said

if TYPE_CHECKING:
    from collections.abc import Callable

    from .client import Client
    from .shops import RunningShop

    Start = Callable[..., Client]


@pytest.fixture
def shop(running_shop: RunningShop) -> RunningShop:
    running_shop.pages["/"] = Said("<head></head><p>home")
    return running_shop


@pytest.fixture
def client(shop: RunningShop, preview: Start) -> Client:
    return preview(url=shop.origin)


def test_a_page_has_the_simulator_and_no_policy_of_its_own(
    shop: RunningShop, client: Client
) -> None:
    shop.pages["/tea"] = Said(
        f"<head><meta http-equiv=content-security-policy content='x'></head>"
        f"<a href='{shop.origin}/cart'><img src='//cdn.example/a.png'>",
        headers=[
            ("Content-Security-Policy", "default-src 'none'"),
            ("X-Frame-Options", "DENY"),
            ("Strict-Transport-Security", "max-age=1"),
            ("ETag", "x"),
        ],
    )
    answered = client.ask("/tea?a=1&b=%20")
    assert shop.heard[-1].target == "/tea?a=1&b=%20"
    assert '<head><script src="/__tagkit__/bridge.js">' in answered.text
    assert "http-equiv" not in answered.text
    assert f"<a href='{client.origin}/cart'>" in answered.text
    (policy,) = answered.all("Content-Security-Policy")
    assert "cdn.example" in policy
    for name in ("X-Frame-Options", "Strict-Transport-Security", "ETag"):
        assert answered.all(name) == []
    assert answered.header("Cache-Control") == "no-store"


def test_cookies_go_both_ways(shop: RunningShop, client: Client) -> None:
    shop.pages["/login"] = Said(
        "x", headers=[("Set-Cookie", "a=1; Secure; Domain=shop.example"), ("Set-Cookie", "b=2")]
    )
    assert client.ask("/login", Cookie="c=3").all("Set-Cookie") == ["a=1", "b=2"]
    assert shop.heard[-1].headers["Cookie"] == "c=3"


def test_redirects_stay_here(shop: RunningShop, client: Client) -> None:
    shop.pages["/old"] = Said("", 301, [("Location", f"{shop.origin}/new")])
    shop.pages["/near"] = Said("", 302, [("Location", "/new")])
    shop.pages["/pay"] = Said("", 302, [("Location", "https://pay.example/1")])
    assert client.ask("/old").header("Location") == f"{client.origin}/new"
    assert client.ask("/near").header("Location") == "/new"
    assert client.ask("/pay").header("Location") == "https://pay.example/1"


def test_an_ajax_post(shop: RunningShop, client: Client) -> None:
    def added(heard: Heard) -> Said:
        return Said(
            b'{"sent": "%s", "next": "%s/cart"}'
            % (heard.body, shop.origin.encode().replace(b"/", rb"\/")),
            content_type="application/json",
        )

    shop.pages["/cart/add"] = added
    answered = client.ask(
        "/cart/add", "POST", b"id=7", Origin=client.origin, X_Requested_With="XMLHttpRequest"
    )
    heard = shop.heard[-1]
    assert (heard.method, heard.body) == ("POST", b"id=7")
    assert heard.headers["Origin"] == shop.origin
    assert heard.headers["Host"] == shop.host
    assert heard.headers["X-Requested-With"] == "XMLHttpRequest"
    slashed = client.origin.replace("/", r"\/")
    assert answered.text == f'{{"sent": "id=7", "next": "{slashed}/cart"}}'


def test_half_a_post_is_no_post(shop: RunningShop, client: Client) -> None:
    count = len(shop.heard)
    host = f"Host: 127.0.0.1:{client.port}\r\nContent-Length: 50\r\n\r\nid=7".encode()
    assert client.raw(b"POST /cart/add HTTP/1.1\r\n" + host) == b""
    assert len(shop.heard) == count


def test_an_ajax_answer_that_is_called_html(shop: RunningShop, client: Client) -> None:
    """As WordPress's admin-ajax.php and many modules do."""
    shop.pages["/ajax"] = Said(f'{{"cart": "{shop.origin}/cart"}}')
    answered = client.ask("/ajax", Sec_Fetch_Dest="empty")
    assert answered.text == f'{{"cart": "{client.origin}/cart"}}'
    assert "bridge.js" in client.ask("/ajax", Sec_Fetch_Dest="document").text


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda text: zlib.compress(text)[2:-4]),  # raw, as some servers have it
        ("", bytes),
    ],
)
def test_compressed_pages(
    shop: RunningShop, client: Client, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    page = f"<head></head><p>tea {shop.origin}</p>".encode()
    headers = [("Content-Encoding", encoding)] if encoding else []
    shop.pages["/packed"] = Said(pack(page), headers=headers)
    answered = client.ask("/packed", Accept_Encoding="br, gzip")
    assert shop.heard[-1].headers["Accept-Encoding"] == "gzip, identity"
    assert f"<p>tea {client.origin}</p>" in answered.text
    assert answered.all("Content-Encoding") == []


def test_an_encoding_that_was_not_asked_for_passes_but_locked(
    shop: RunningShop, client: Client
) -> None:
    shop.pages["/br"] = Said(b"\x1b\x00", headers=[("Content-Encoding", "br")])
    answered = client.ask("/br")
    assert (answered.body, answered.header("Content-Encoding")) == (b"\x1b\x00", "br")
    assert "default-src" in (answered.header("Content-Security-Policy") or "")


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_page_that_cannot_be_unpacked(shop: RunningShop, client: Client, encoding: str) -> None:
    shop.pages["/bad"] = Said(b"no such thing", headers=[("Content-Encoding", encoding)])
    answered = client.ask("/bad")
    assert answered.status == 502
    assert "cannot be decompressed" in answered.text


def test_scripts_load_the_simulator(shop: RunningShop, client: Client) -> None:
    code = "load('https://www.googletagmanager.com/gtm.js'); get('%s')"
    shop.pages["/app.js"] = Said(code % shop.origin, content_type="text/javascript")
    assert client.ask("/app.js").text == f"load('/__tagkit__/gtm.js'); get('{client.origin}')"


def test_what_is_no_text_is_left_as_it_is(shop: RunningShop, client: Client) -> None:
    blob = shop.origin.encode() * 50_000
    shop.pages["/film"] = Said(
        blob, headers=[("Cache-Control", "max-age=9")], content_type="video/mp4"
    )
    answered = client.ask("/film")
    assert answered.body == blob
    assert answered.header("Cache-Control") == "max-age=9"
    shop.pages["/part"] = Said("<head>", 206, [("Content-Range", "bytes 0-5/99")])
    assert client.ask("/part", Range="bytes=0-5").body == b"<head>"


def test_a_text_too_large_to_hold_passes(
    shop: RunningShop, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tagkit.preview.upstream._LARGEST_TEXT", 10)
    shop.pages["/large"] = Said("0123456789 and more", content_type="text/css")
    assert client.ask("/large").text == "0123456789 and more"


def test_answers_without_a_body(shop: RunningShop, client: Client) -> None:
    shop.pages["/none"] = Said(b"", 204, content_type=None)
    assert client.ask("/none").status == 204
    assert client.ask("/", "HEAD").body == b""


def test_the_shop_s_own_errors_are_shown(shop: RunningShop, client: Client) -> None:
    shop.pages["/broken"] = Said("<head></head><h1>Oops</h1>", 500)
    answered = client.ask("/broken")
    assert answered.status == 500
    assert "Oops" in answered.text
    assert "bridge.js" in answered.text
    assert client.ask("/nothing").status == 404


def test_no_service_worker_and_no_web_socket(client: Client) -> None:
    assert client.ask("/sw.js", Service_Worker="script").status == 404
    assert client.ask("/live", Upgrade="websocket", Connection="Upgrade").status == 501


def test_a_shop_that_has_stopped(shop: RunningShop, client: Client) -> None:
    shop.stop()
    answered = client.ask("/")
    assert answered.status == 502
    assert f"{shop.origin} cannot be reached: connection refused" in answered.text
    shop.__init__()  # type: ignore[misc] # the fixture stops one that runs


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "broke off its answer"),
        (b"SSH-2.0-OpenSSH\r\n", "something that is not HTTP"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<p>",
            "broke off its answer",
        ),
    ],
)
def test_a_shop_that_breaks_off(shop: RunningShop, client: Client, raw: bytes, said: str) -> None:
    shop.pages["/cut"] = Said(raw=raw)
    answered = client.ask("/cut")
    assert answered.status == 502
    assert said in answered.text


def test_a_stream_that_breaks_off(shop: RunningShop, client: Client) -> None:
    shop.pages["/cut"] = Said(
        raw=b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"3\r\nabc\r\n9\r\nab"
    )
    assert client.ask("/cut").body.startswith(b"abc")


def test_a_shop_that_is_slow(shop: RunningShop) -> None:
    go_on = threading.Event()

    def slow(_: Heard) -> Said:
        go_on.wait(20)
        return Said("late")

    shop.pages["/slow"] = slow
    upstream = Upstream(Site("http", shop.host), "/", timeout=0.2)
    answer = upstream.answer(Asked("GET", "/slow", "http://127.0.0.1:1", Message()), "")
    go_on.set()
    assert answer.status == 504
    assert b"did not answer within 0.2 seconds" in bytes(answer.body)  # type: ignore[arg-type]


def test_only_that_host_is_fetched(shop: RunningShop, client: Client) -> None:
    count = len(shop.heard)
    host = f"Host: 127.0.0.1:{client.port}\r\n\r\n".encode()
    assert client.raw(b"GET http://other.example/ HTTP/1.1\r\n" + host).startswith(b"HTTP/1.1 400")
    assert len(shop.heard) == count
    client.ask("//other.example/x")
    assert shop.heard[-1].headers["Host"] == shop.host
    client.ask("/@other.example/x")
    assert shop.heard[-1].target == "/@other.example/x"


# --- the first look


def test_where_it_starts(shop: RunningShop) -> None:
    shop.pages["/a b/ż"] = Said("x")
    found = reach(f"{shop.origin}/a b/ż?q=1#x")
    assert found.start == "/a%20b/%C5%BC?q=1"
    assert found.opens == f"{shop.origin}/"
    assert reach(f"{shop.origin}").start == "/"


def test_a_redirect_within_the_shop_is_the_browser_s(shop: RunningShop) -> None:
    shop.pages["/"] = Said("", 302, [("Location", f"{shop.origin}/pl/")])
    assert reach(shop.origin).start == "/"


def test_a_shop_that_sends_elsewhere(shop: RunningShop) -> None:
    shop.pages["/"] = Said("", 301, [("Location", "https://other.example/")])
    with pytest.raises(UnreachableError, match=r"sends visitors on to https://other\.example"):
        reach(shop.origin)


def test_a_shop_at_www(shop: RunningShop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both names are this machine's here; the second is the one that does not redirect."""
    port = shop.server.server_port
    names = {"tea.example": "127.0.0.1", "www.tea.example": "127.0.0.1"}
    real = socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda at, *more: real((names.get(at[0], at[0]), at[1]), *more)
    )

    def home(heard: Heard) -> Said:
        if heard.headers["Host"].startswith("www."):
            return Said("home")
        return Said("", 301, [("Location", f"http://www.tea.example:{port}/pl")])

    shop.pages["/"] = shop.pages["/pl"] = home
    found = reach(f"http://tea.example:{port}/")
    assert (found.opens, found.start) == (f"http://www.tea.example:{port}/", "/pl")
    shop.pages["/"] = shop.pages["/pl"] = lambda heard: Said(
        "", 301, [("Location", f"http://{'' if 'www' in heard.headers['Host'] else 'www.'}tea.example:{port}/")]
    )  # fmt: skip
    with pytest.raises(UnreachableError, match="in circles"):
        reach(f"http://tea.example:{port}/")


@pytest.mark.parametrize(
    "url", ["shop.example", "ftp://shop.example", "https://", "file:///etc", "http://a:b/", "http://" + "a" * 70]
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        reach(url)


def certificate_error() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "self-signed certificate"
    return error


@pytest.mark.parametrize(
    ("error", "said", "status"),
    [
        (TimeoutError(), "did not answer within 30 seconds", 504),
        (certificate_error(), "not one that can be trusted: self-signed certificate", 502),
        (ssl.SSLError(1, "wrong version number"), "does not speak TLS; is it http://", 502),
        (socket.gaierror(-2, "Name or service not known"), "name or service not known", 502),
        (ConnectionRefusedError(111, "Connection refused"), "connection refused", 502),
        (ValueError("x"), "something that is not HTTP", 502),
    ],
)
def test_why_it_does_not_answer(error: Exception, said: str, status: int) -> None:
    message, code = why(error, Site("https", "shop.example"), 30)
    assert said in message
    assert code == status
    assert message.startswith(("https://shop.example", "the certificate of https://shop.example"))


def test_tls_is_asked_of_a_shop_that_has_none(shop: RunningShop) -> None:
    with pytest.raises(UnreachableError, match="does not speak TLS"):
        reach(shop.origin.replace("http:", "https:"))
