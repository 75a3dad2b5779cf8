"""What a replay can say. Their pages are in the manual's ``stages.md``."""

from __future__ import annotations

from tagkit.diagnostics import Rule, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

BAD_LINE = Rule("TK550", "line-not-json", _E, "a line of a recorded data layer that is not JSON")
NO_RECORDING = Rule(
    "TK551", "no-recording", _E, "a file that is neither a recorded data layer nor a HAR"
)
BROKEN_HAR = Rule("TK552", "broken-har", _E, "a HAR that is cut off, or is no JSON at some place")
TOO_LONG = Rule(
    "TK553", "recording-too-long", _E, "a line or an entry of a recording that is too long to judge"
)
NO_PUSH = Rule("TK554", "not-a-push", _W, "a line of a recording that is no data layer push")
NO_BODY = Rule("TK555", "no-body", _W, "a request whose body the HAR does not have")
MISSING = Rule("TK560", "contract-missing", _E, "a value that the contract requires is missing")
MISTYPED = Rule(
    "TK561", "contract-mistyped", _E, "a value is of another type than the contract says"
)
MORE_BREAKS = Rule(
    "TK562", "more-contract-breaks", _N, "the same break of the contract, many more times"
)
UNKNOWN_EVENT = Rule("TK570", "unknown-event", _W, "an event that no conversion listens to")
OTHER_DESTINATION = Rule(
    "TK571", "other-destination", _W, "hits for a measurement ID or a pixel that the plan has not"
)
SENT_TWICE = Rule("TK572", "sent-twice", _W, "a conversion was sent twice at once")
BEFORE_CONSENT = Rule("TK573", "before-consent", _W, "a hit was sent while consent was denied")
RULES = (
    BAD_LINE, NO_RECORDING, BROKEN_HAR, TOO_LONG, NO_PUSH, NO_BODY, MISSING, MISTYPED, MORE_BREAKS,
    UNKNOWN_EVENT, OTHER_DESTINATION, SENT_TWICE, BEFORE_CONSENT,
)  # fmt: skip
