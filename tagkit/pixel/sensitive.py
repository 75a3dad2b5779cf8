"""Names that hint at health or money matters of a person, which Meta forbids.

Meta's Business Tools Terms (1.h) forbid events, properties, conversions and audiences that reflect
health or financial information; such names are flagged since 2025-09, and events may be blocked.
Words in English and Polish. Common words of shops are not among them: a hair treatment, health
food, an allergen filter, a credit card to pay with; a miss is better than a false alarm.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class _About(NamedTuple):
    """What hints at a subject: how a word begins, whole words, words in a row, whole names.

    ``things`` are words that make it a thing: a medicine ball, plant diseases, a book on loan.
    """

    subject: str
    stems: tuple[str, ...]
    words: frozenset[str]
    rows: tuple[str, ...]
    names: frozenset[str]
    things: frozenset[str]


_ABOUT = (
    _About(
        "health",
        (
            "pharmac", "pregnan", "diabet", "chemotherap", "psychotherap", "psychiatr",
            "lekarz", "lekarsk", "leczeni", "chorob", "pacjent", "cukrzyc",
            "psychoterap", "niepelnosprawn",
        ),
        frozenset(
            """
            medical medication medications medicine medicines prescription prescriptions symptom
            symptoms disease diseases diagnosis diagnosed patient patients cancer depression hiv
            hospital hospitals surgery disability disabilities fertility infertility ivf abortion
            illness vaccine vaccination
            recepta recepty recept szpital szpitala szczepionka szczepionki ciaza ciazy
            nieplodnosc nowotwor
            """.split()
        ),
        (
            "health_condition", "health_data", "health_history", "health_insurance",
            "health_issue", "health_problem", "health_record", "health_status", "mental_health",
            "clinic_appointment", "clinic_booking", "clinic_visit", "doctor_appointment",
            "doctor_visit", "book_doctor", "find_doctor", "find_a_doctor", "covid_test",
            "covid_symptoms", "drug_addiction", "alcohol_addiction", "stan_zdrowia", "test_ciazowy",
            "ubezpieczenie_zdrowotne",
        ),
        frozenset({"health", "zdrowie"}),
        frozenset(
            """
            beauty uroda urody ball balls glasses sunglasses lens lenses frames
            okulary okularow soczewki
            plant plants tree trees garden roslin rosliny pet pets dog dogs cat cats vet
            pies psa psow kot kota kotow zwierzat battery bike car
            """.split()
        ),
    ),
    _About(
        "finances",
        (
            "mortgag", "bankrupt", "insolven",
            "kredyt", "pozyczk", "chwilowk", "hipotek", "hipotecz", "zadluz", "oddluz", "windykac",
        ),
        frozenset("loan loans debt debts overdraft payday dlug dlugu upadlosc".split()),
        (
            "credit_score", "credit_check", "credit_history", "credit_rating", "annual_income",
            "monthly_income", "household_income", "net_income", "income_level", "income_range",
            "insufficient_funds", "card_declined", "declined_card", "payment_declined",
            "declined_payment", "bank_balance",
            "odmowa_platnosci", "platnosc_odrzucona", "odrzucona_platnosc", "karta_odrzucona",
            "brak_srodkow",
        ),
        frozenset({"income", "salary", "dochod", "wynagrodzenie"}),
        frozenset(
            """
            karta karty karte
            book books ebook ebooks library museum item toy tool renew renewal renewed
            """.split()
        ),
    ),
)  # fmt: skip
_IN_ROWS = frozenset(word for about in _ABOUT for row in about.rows for word in row.split("_"))
_PLAIN = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "acelnoszzACELNOSZZ")


@lru_cache(maxsize=1024)
def sensitive(name: str) -> str:
    """What a name hints at: "health" or "finances"; empty when neither."""
    words = _words(name)
    joined = "_".join(words)
    row = "" if _IN_ROWS.isdisjoint(words) else f"_{joined}_"
    for about in _ABOUT:
        if joined in about.names or (row and any(f"_{said}_" in row for said in about.rows)):
            return about.subject
        if not about.things.isdisjoint(words):
            continue
        if not about.words.isdisjoint(words) or any(w.startswith(about.stems) for w in words):
            return about.subject
    return ""


def _words(name: str) -> list[str]:
    plain = name.translate(_PLAIN)
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", plain).lower()
    return [word for word in re.split(r"[^a-z0-9]+", apart) if word]
