"""Names that hint at health or money matters of a person, which Meta forbids.

Meta's Business Tools Terms (1.h) forbid events, properties, conversions and audiences that reflect
health or financial information; such names are flagged since 2025-09, and events may be blocked.
Words in English and Polish, as beginnings or whole words.
"""

from __future__ import annotations

import re

_HEALTH = re.compile(
    r"(?:^|_)(?:health|medic|pharma|prescri|symptom|disease|diagnos|therap|patient|pregnan|cancer|"
    r"diabet|depress|addict|hiv|covid|doctor|clinic|hospital|surger|treatment|disabilit|allerg|"
    r"zdrow|lekarz|lekar|leczen|chorob|pacjen|ciaz|recept[ay])",
)
_MONEY = re.compile(
    r"(?:^|_)(?:credit_score|credit_card|loan|debt|mortgage|bankrupt|insolven|income|salary|"
    r"insufficient_funds|card_declined|payment_declined|declined_payment|overdraft|"
    r"kredyt|pozyczk|dlug|hipote|zadluz|wynagrodz|odmowa_platnosci)",
)


def sensitive(name: str) -> str:
    """What a name hints at: "health" or "finances"; empty when neither."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    plain = re.sub(r"[^a-z0-9]+", "_", apart.translate(str.maketrans("ąćęłńóśźż", "acelnoszz")))
    if _HEALTH.search(plain):
        return "health"
    return "finances" if _MONEY.search(plain) else ""
