"""A running shop's answers, as if the preview were that shop.

Texts are rewritten as bytes, which serves every encoding that has ASCII in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tagkit.preview.exchange import Headers

# What is of one connection (RFC 9110, 7.6.1), or said anew here.
_OF_THE_CONNECTION = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer "
    "transfer-encoding upgrade content-length".split()
)
# What would keep the page out of the panel's frame, keep the simulator out of the page, bind the
# browser to the shop's own address, or keep a text of today's plan for tomorrow.
_UNWANTED = frozenset(
    "content-security-policy content-security-policy-report-only x-frame-options "
    "strict-transport-security public-key-pins cross-origin-opener-policy "
    "cross-origin-embedder-policy cross-origin-resource-policy permissions-policy alt-svc "
    "report-to reporting-endpoints nel clear-site-data expect-ct origin-agent-cluster "
    "service-worker-allowed sourcemap date server".split()
)
_WITH_ADDRESSES = ("location", "content-location", "refresh", "link", "access-control-allow-origin")
_PREFIX = re.compile(r"__(Secure|Host)-", re.IGNORECASE)
_OUR_PREFIX = "tagkit-"
# What a browser sends that is about the preview, not about the shop.
_NOT_FOR_THE_SHOP = frozenset(
    "host accept-encoding if-none-match if-modified-since upgrade-insecure-requests".split()
)


class Site(NamedTuple):
    """The shop: its scheme, and its host with the port where that is not the usual one.

    ``hosts`` are all names it goes by, those with and without ``www.``.
    """

    scheme: str
    host: str

    @property
    def origin(self) -> str:
        """https://shop.example."""
        return f"{self.scheme}://{self.host}"

    @property
    def hosts(self) -> tuple[str, str]:
        """The name, and the same with or without ``www.``."""
        bare = self.host.removeprefix("www.")
        return bare, f"www.{bare}"

    def names(self) -> re.Pattern[bytes]:
        """Every way in which a text names the shop's origin: plain, escaped, percent-encoded."""
        hosts = b"|".join(re.escape(host.encode()) for host in self.hosts)
        encoded = b"|".join(re.escape(quote(host, safe="").encode()) for host in self.hosts)
        scheme = rb"(?P<scheme>https?|wss?)?"
        end = rb"(?![\w-]|\.\w|:[0-9])"
        return re.compile(
            rb"(?<![\w.-])(?:" + scheme + rb":)?(?P<slash>\\?/)(?P=slash)(?:" + hosts + rb")" + end
            + rb"|https?%3A%2F%2F(?:" + encoded + rb")(?![\w.-]|%3A)",
            re.IGNORECASE,
        )  # fmt: skip


def to_local(text: bytes, names: re.Pattern[bytes], origin: str) -> bytes:
    """A text of the shop with our origin in place of its own."""
    host = origin.partition("//")[2].encode()

    def local(found: re.Match[bytes]) -> bytes:
        slash, scheme = found["slash"], (found["scheme"] or b"").lower()
        if slash is None:
            return quote(origin, safe="").encode()
        if not scheme:
            return slash + slash + host
        ours = b"ws" if scheme.startswith(b"ws") else b"http"
        return ours + b":" + slash + slash + host

    return names.sub(local, text)


def to_shop(text: str, origin: str, site: Site) -> str:
    """A header of the browser's with the shop's origin in place of ours."""
    return text.replace(origin, site.origin)


def request_headers(headers: Iterable[tuple[str, str]], origin: str, site: Site) -> dict[str, str]:
    """What the shop is sent: what the browser sent, as if it were at the shop."""
    passed = {
        name: to_shop(value, origin, site)
        for name, value in headers
        if name.lower() not in _OF_THE_CONNECTION | _NOT_FOR_THE_SHOP
    }
    for name in [name for name in passed if name.lower() == "cookie"]:
        passed[name] = re.sub(rf"\b{_OUR_PREFIX}(Secure|Host)-", r"__\1-", passed[name])
    return {"Host": site.host, **passed, "Accept-Encoding": "gzip, identity"}


def response_headers(
    headers: Iterable[tuple[str, str]], names: re.Pattern[bytes], origin: str
) -> Headers:
    """What the browser is sent of the shop's headers."""
    return tuple(_response_headers(headers, names, origin))


def _response_headers(
    headers: Iterable[tuple[str, str]], names: re.Pattern[bytes], origin: str
) -> Iterator[tuple[str, str]]:
    for name, value in headers:
        known = name.lower()
        if known in _OF_THE_CONNECTION or known in _UNWANTED:
            continue
        if known == "set-cookie":
            yield name, cookie(value)
        elif known in _WITH_ADDRESSES:
            yield name, to_local(value.encode("latin-1"), names, origin).decode("latin-1")
        else:
            yield name, value


def cookie(value: str) -> str:
    """A Set-Cookie that a browser takes from us: for this host, without TLS."""
    name, *attributes = value.split(";")
    kept = [a for a in attributes if not _is_for_another(a.strip().lower())]
    return ";".join([_PREFIX.sub(rf"{_OUR_PREFIX}\1-", name, count=1), *kept])


def _is_for_another(attribute: str) -> bool:
    word, _, value = (part.strip() for part in attribute.partition("="))
    return word in ("domain", "secure", "partitioned") or (word == "samesite" and value == "none")
