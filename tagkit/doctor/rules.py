"""What the doctor can say. Their pages are in the manual's ``stages.md``."""

from __future__ import annotations

from tagkit.diagnostics import Rule, Severity

_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE

NO_PAGE = Rule("TK620", "doctor-no-page", _E, "a page that cannot be opened, or is none")
OTHER_PAGE = Rule(
    "TK621", "doctor-other-page", _W, "the page is perhaps not the one that was meant"
)
UNSURE = Rule("TK622", "doctor-unsure", _N, "something of the page was not seen")
OTHER_PLATFORM = Rule("TK623", "doctor-other-platform", _W, "the page is of another platform")
NOT_DETECTABLE = Rule(
    "TK624", "doctor-not-detectable", _W, "what the detection of a conversion relies on is missing"
)
RENAMED = Rule(
    "TK625", "doctor-renamed", _W, "the theme has renamed what the platform's themes have"
)
DEAD_SELECTOR = Rule(
    "TK626", "doctor-dead-selector", _E, "a selector of the plan that matches on none of the pages"
)
TWICE = Rule("TK627", "doctor-counted-twice", _W, "a destination is set up more than once")
OTHER_IDS = Rule("TK628", "doctor-other-ids", _N, "the page has other IDs than the plan")
CONSENT_LATE = Rule(
    "TK629", "doctor-consent-late", _W, "the default of Consent Mode comes after GTM has begun"
)
POLICY = Rule(
    "TK630", "doctor-policy", _W, "the Content-Security-Policy of the page forbids what GTM needs"
)
RULES = (
    NO_PAGE, OTHER_PAGE, UNSURE, OTHER_PLATFORM, NOT_DETECTABLE, RENAMED, DEAD_SELECTOR, TWICE,
    OTHER_IDS, CONSENT_LATE, POLICY,
)  # fmt: skip
