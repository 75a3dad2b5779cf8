"""What a Content-Security-Policy forbids of GTM."""

from __future__ import annotations

import pytest

from tagkit.doctor.policy import forbidden

GTM, INLINE, EVAL = "GTM's script", "inline scripts", "eval"
POLICIES: list[tuple[str, list[str]]] = [
    ("", []),
    ("img-src 'self'", []),
    ("script-src 'self'", [GTM, INLINE, EVAL]),
    ("default-src 'self'; script-src https: 'unsafe-inline' 'unsafe-eval'", []),
    ("script-src *.googletagmanager.com 'unsafe-inline' 'unsafe-eval'", []),
    ("script-src https://www.googletagmanager.com/gtm.js 'unsafe-inline' 'unsafe-eval'", []),
    ("script-src https://other.example 'unsafe-inline' 'unsafe-eval'", [GTM]),
    ("SCRIPT-SRC * 'Unsafe-Inline'", [EVAL]),
    ("script-src 'nonce-a' 'strict-dynamic' 'unsafe-eval'", []),
    ("script-src * 'sha256-a' 'unsafe-inline' 'unsafe-eval'", [INLINE]),
    ("script-src 'strict-dynamic' 'sha256-a' https: 'unsafe-eval'", [GTM, INLINE]),
    ("script-src-elem * 'unsafe-inline'; script-src 'self'", [EVAL]),
    ("script-src *; script-src 'unsafe-inline' 'unsafe-eval'", [INLINE, EVAL]),
    ("object-src 'none', script-src * 'unsafe-inline'", [EVAL]),
]


@pytest.mark.parametrize(("policy", "things"), POLICIES)
def test_what_a_policy_forbids(policy: str, things: list[str]) -> None:
    assert forbidden([policy]) == things


def test_each_policy_has_to_allow_it() -> None:
    assert forbidden(["script-src * 'unsafe-inline' 'unsafe-eval'", "script-src *"]) == [
        INLINE,
        EVAL,
    ]
