"""What becomes of a shop's texts: pages get the simulator, addresses become ours."""

from __future__ import annotations

import pytest

from tagkit.preview.dress import BRIDGE, SNIPPET, dressed, stand_ins
from tagkit.preview.hosts import Mentioned, measures
from tagkit.preview.rewrite import Site, cookie, request_headers, response_headers, to_local

LOCAL = "http://127.0.0.1:8000"
SHOP = Site("https", "shop.example")
DEFAULT = "<script>the plan's consent default</script>"
GOOGLES = (
    "<script>(function(w,d,s,l,i){j.src='https://www.googletagmanager.com/gtm.js?id='+i+dl;"
    "})(window,document,'script','dataLayer','GTM-ABC');</script>"
)
OWN_DEFAULT = "<script>gtag('consent', 'default', {ad_storage: 'denied'});</script>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # Google's snippet stays where it is, and loads the simulator
        (
            f"<html><head><title>x</title>{GOOGLES}</head>",
            f"<html><head>{BRIDGE}<title>x</title>"
            + GOOGLES.replace("https://www.googletagmanager.com", "/__tagkit__")
            + "</head>",
        ),
        # there is none: at the head's start, or where a browser begins one
        ("<head lang='x'><p>", f"<head lang='x'>{BRIDGE}{DEFAULT}{SNIPPET}<p>"),
        ("<!doctype html><html>\n<p>", f"<!doctype html><html>{BRIDGE}{DEFAULT}{SNIPPET}\n<p>"),
        ("<!DOCTYPE html>\n<p>", f"<!DOCTYPE html>{BRIDGE}{DEFAULT}{SNIPPET}\n<p>"),
        ("<!-- a --><!doctype html><p>", f"<!-- a --><!doctype html>{BRIDGE}{DEFAULT}{SNIPPET}<p>"),
        ("<p>only <code>&lt;!doctype></code>", f"{BRIDGE}{DEFAULT}{SNIPPET}<p>only <code>&lt;!doctype></code>"),
        ("<header>no head</header>", f"{BRIDGE}{DEFAULT}{SNIPPET}<header>no head</header>"),
        # the page's own consent default comes first
        (
            f"<head><script>var a;</script>{OWN_DEFAULT}<title>x</title></head>",
            f"<head>{BRIDGE}<script>var a;</script>{OWN_DEFAULT}{SNIPPET}<title>x</title></head>",
        ),
        # policies and checksums that the simulator would not pass
        (
            f"<head><meta http-equiv='Content-Security-Policy' content=\"default-src 'none'; x > y\">{GOOGLES}",
            f"<head>{BRIDGE}" + GOOGLES.replace("https://www.googletagmanager.com", "/__tagkit__"),
        ),
        (
            f"<head><meta content=\"a > b\" http-equiv='content-security-policy-report-only'>{GOOGLES}",
            f"<head>{BRIDGE}" + GOOGLES.replace("https://www.googletagmanager.com", "/__tagkit__"),
        ),
        (
            f'<head><meta charset="utf-8"><script src="a.js" integrity="sha384-abc" async></script>{GOOGLES}',
            f'<head>{BRIDGE}<meta charset="utf-8"><script src="a.js" async></script>'
            + GOOGLES.replace("https://www.googletagmanager.com", "/__tagkit__"),
        ),
    ],
)  # fmt: skip
def test_a_page(before: str, after: str) -> None:
    assert dressed(before.encode(), DEFAULT).decode() == after


def test_other_encodings_stay_as_they_are() -> None:
    page = "<head><title>żółta herbata</title>".encode("iso-8859-2")
    assert dressed(page, "").endswith("<title>żółta herbata</title>".encode("iso-8859-2"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://www.googletagmanager.com/gtm.js?id=GTM-A", "/__tagkit__/gtm.js?id=GTM-A"),
        ("//www.googletagmanager.com/gtm.js", "/__tagkit__/gtm.js"),
        (r"https:\/\/www.googletagmanager.com\/gtm.js", r"\/__tagkit__\/gtm.js"),
        ("https://www.googletagmanager.com/gtag/js?id=G-A", "/__tagkit__/nothing.js?id=G-A"),
        ("https://connect.facebook.net/en_US/fbevents.js", "/__tagkit__/fbevents.js"),
        ("https://connect.facebook.net/pl_PL/fbevents.js", "/__tagkit__/fbevents.js"),
        ("https://www.googletagmanager.com/ns.html?id=GTM-A", None),
        ("https://shop.example/gtm.js", None),
    ],
)
def test_stand_ins(before: str, after: str | None) -> None:
    assert stand_ins(before.encode()).decode() == (after or before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://shop.example/a", f"{LOCAL}/a"),
        ("http://shop.example/a", f"{LOCAL}/a"),
        ("HTTPS://Shop.Example", LOCAL),
        ("'https://www.shop.example'", f"'{LOCAL}'"),
        ("//shop.example/a", "//127.0.0.1:8000/a"),
        (r'"https:\/\/shop.example\/a"', r'"http:\/\/127.0.0.1:8000\/a"'),
        (r"\/\/shop.example\/a", r"\/\/127.0.0.1:8000\/a"),
        ("?to=https%3A%2F%2Fshop.example%2Fa", "?to=http%3A%2F%2F127.0.0.1%3A8000%2Fa"),
        ("wss://shop.example/live", "ws://127.0.0.1:8000/live"),
        ("See https://shop.example.", f"See {LOCAL}."),
        ("https://shop.example.evil.example/", None),
        ("https://shop.example:8443/", None),
        ("https://cdn.shop.example/", None),
        ("https://myshop.example/", None),
        ("mailto:tea@shop.example", None),
        ("a//shop.example", None),
        ("shop.example", None),
    ],
)
def test_addresses(before: str, after: str | None) -> None:
    assert to_local(before.encode(), SHOP.names(), LOCAL).decode() == (after or before)


def test_an_address_with_a_port() -> None:
    names = Site("http", "localhost:8080").names()
    before = (
        b"http://localhost:8080/ localhost%3A8080 http%3A%2F%2Flocalhost%3A8080 http://localhost/"
    )
    after = (
        "http://127.0.0.1:8000/ localhost%3A8080 http%3A%2F%2F127.0.0.1%3A8000 http://localhost/"
    )
    assert to_local(before, names, LOCAL).decode() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a=b", "a=b"),
        ("a=b; Path=/; HttpOnly; Max-Age=9", "a=b; Path=/; HttpOnly; Max-Age=9"),
        ("a=b; Domain=.shop.example; Path=/; Secure", "a=b; Path=/"),
        ("a=b;secure;SameSite=None;Partitioned", "a=b"),
        ("a=b; SameSite=Lax", "a=b; SameSite=Lax"),
        ("__Host-a=__Host-b; Secure; Path=/", "tagkit-Host-a=__Host-b; Path=/"),
        ("__Secure-a=secure", "tagkit-Secure-a=secure"),
    ],
)
def test_cookies(before: str, after: str) -> None:
    assert cookie(before) == after


def test_what_the_shop_is_sent() -> None:
    sent = request_headers(
        [
            ("Host", "127.0.0.1:8000"),
            ("Origin", LOCAL),
            ("Referer", f"{LOCAL}/cart"),
            ("Cookie", "a=b; tagkit-Host-c=d"),
            ("Connection", "keep-alive"),
            ("Accept-Encoding", "br"),
            ("If-None-Match", "x"),
            ("X-Requested-With", "XMLHttpRequest"),
        ],
        LOCAL,
        SHOP,
    )
    assert sent == {
        "Host": "shop.example",
        "Origin": "https://shop.example",
        "Referer": "https://shop.example/cart",
        "Cookie": "a=b; __Host-c=d",
        "X-Requested-With": "XMLHttpRequest",
        "Accept-Encoding": "gzip, identity",
    }


def test_what_the_browser_is_sent() -> None:
    sent = response_headers(
        [
            ("Location", "https://shop.example/cart"),
            ("Set-Cookie", "a=1; Secure"),
            ("Set-Cookie", "b=2; Domain=shop.example"),
            ("Content-Security-Policy", "default-src 'none'"),
            ("X-Frame-Options", "DENY"),
            ("Strict-Transport-Security", "max-age=9"),
            ("Transfer-Encoding", "chunked"),
            ("Link", "<https://shop.example/a.css>; rel=preload"),
            ("X-Else", "https://shop.example/"),
        ],
        SHOP.names(),
        LOCAL,
    )
    assert sent == (
        ("Location", f"{LOCAL}/cart"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("Link", f"<{LOCAL}/a.css>; rel=preload"),
        ("X-Else", "https://shop.example/"),
    )


@pytest.mark.parametrize(
    "host",
    [
        "www.google-analytics.com", "region1.google-analytics.com", "analytics.google.com",
        "www.googletagmanager.com", "stats.g.doubleclick.net", "www.google.pl", "www.google.co.uk",
        "www.facebook.com", "connect.facebook.net", "WWW.Facebook.com", "www.facebook.com:443",
        "pagead2.googlesyndication.com", "www.googleadservices.com", "adservice.google.de",
    ],
)  # fmt: skip
def test_hosts_that_measure(host: str) -> None:
    assert measures(host)


@pytest.mark.parametrize(
    "host",
    [
        "fonts.googleapis.com",
        "fonts.gstatic.com",
        "maps.google.com",
        "accounts.google.com",
        "shop.example",
        "notfacebook.com",
    ],
)
def test_hosts_that_do_not(host: str) -> None:
    assert not measures(host)


def test_what_is_harmless_of_those_hosts() -> None:
    mentioned = Mentioned()
    mentioned.read(
        b"https://www.google.com/recaptcha/api.js https:\\/\\/www.facebook.com\\/plugins/x"
    )
    own = "'self' data: blob: www.facebook.com/plugins/ www.google.com/maps/ www.google.com/recaptcha/"
    assert f"img-src {own};" in mentioned.policy()
    assert not mentioned.add("www.google.com")
    assert mentioned.add("Pictures.example")


@pytest.mark.parametrize(
    "host", ["localhost:5173", "192.168.1.5:8080", "api", "api:81", "a-b.shop.example"]
)
def test_a_host_that_was_asked_for_may_have_any_name(host: str) -> None:
    mentioned = Mentioned()
    assert mentioned.add(host)
    assert f" {host};" in mentioned.policy()


@pytest.mark.parametrize(
    "host", ["", "a;script-src *", "a b", "*", "a/", "*.example", "a'", "[::1]"]
)
def test_what_is_no_host_stays_out_of_the_policy(host: str) -> None:
    mentioned = Mentioned()
    assert not mentioned.add(host)
    assert mentioned.policy() == Mentioned().policy()


def test_a_policy_has_an_end() -> None:
    mentioned = Mentioned()
    mentioned.read(b" ".join(b"https://h%d.example/" % n for n in range(1000)))
    assert 400 <= mentioned.policy().count(".example") / 4 <= 401
