"""What a page's Content-Security-Policy forbids of GTM.

developers.google.com/tag-platform/security/guides/csp: GTM's script from its host, inline scripts
(its snippet, Custom HTML tags) by a nonce or 'unsafe-inline', and 'unsafe-eval' for Custom
JavaScript variables. A nonce is not compared: GTM hands it on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

META = ('meta[http-equiv="Content-Security-Policy" i]', "content")
_HOST = re.compile(r"\*|https:|(https://)?(www|\*)\.googletagmanager\.com(:443)?(/.*)?")
_SCRIPTS = ("script-src-elem", "script-src", "default-src")


def forbidden(policies: Iterable[str]) -> list[str]:
    """What cannot run, in words; each policy has to allow it."""
    found = dict.fromkeys(
        thing for many in policies for policy in many.split(",") for thing in _of(policy)
    )
    return [*found]


def _of(policy: str) -> Iterable[str]:
    parts = [part.lower().split() for part in policy.split(";")]
    said = {part[0]: part[1:] for part in reversed(parts) if part}  # the first of a name counts
    sources = next((said[name] for name in _SCRIPTS if name in said), None)
    if sources is not None:
        by_nonce = any(source.startswith("'nonce-") for source in sources)
        strict = "'strict-dynamic'" in sources
        hashed = any(source.startswith("'sha") for source in sources)
        if not by_nonce and (strict or not any(map(_HOST.fullmatch, sources))):
            yield "GTM's script"
        if not by_nonce and (strict or hashed or "'unsafe-inline'" not in sources):
            yield "inline scripts"
    evaluated = next((said[name] for name in _SCRIPTS[1:] if name in said), None)
    if evaluated is not None and "'unsafe-eval'" not in evaluated:
        yield "eval"
