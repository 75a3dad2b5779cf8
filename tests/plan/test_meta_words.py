"""Words that the rules about Meta go by: what they catch, and what they must leave alone."""

from __future__ import annotations

import pytest

from tagkit.nearest import one_slip_apart
from tagkit.pixel.sensitive import sensitive

HARMLESS = (
    "hair_treatment", "HealthBeauty", "Health & Beauty", "healthy_snacks", "medicine_ball",
    "prescription_sunglasses", "diagnostics", "hospitality", "button_disabled", "allergen_filter",
    "hive", "clinique", "battery_health", "site_health", "doctor_who", "patience", "aromatherapy",
    "incoming_call", "credit_card_type", "credit_note", "store_credit", "loaner", "payment_failed",
    "dlugi_rekaw", "długość", "długopis", "hipoteza", "Zdrowie i uroda", "zdrowa_zywnosc",
    "odzież ciążowa", "receptura", "recepcja", "karta_kredytowa", "wypozyczalnia", "Choroby roślin",
    "", "!",
)  # fmt: skip
HEALTH = (
    "health", "Zdrowie", "medicalCondition", "PrescriptionRefill", "HIVTest", "patient_registered",
    "DoctorAppointment", "pregnancy_test", "WizytaULekarza", "e-recepta", "ciąża", "choroba",
)  # fmt: skip
FINANCES = (
    "income", "LoanApplied", "mortgage_calculator", "credit_score", "InsufficientFunds",
    "PaymentDeclined", "declined_card", "kredyt_wniosek", "Pożyczki online", "BrakŚrodków",
    "odmowa_płatności", "zadłużenie",
)  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_common_words_of_shops_are_harmless(name: str) -> None:
    assert sensitive(name) == ""


@pytest.mark.parametrize(
    ("name", "about"), [*((n, "health") for n in HEALTH), *((n, "finances") for n in FINANCES)]
)
def test_sensitive_names(name: str, about: str) -> None:
    assert sensitive(name) == about


@pytest.mark.parametrize(
    ("word", "other", "near"),
    [
        ("curency", "currency", True),
        ("currency", "currencys", True),
        ("currancy", "currency", True),
        ("currecny", "currency", True),
        ("acurrency", "currency", True),
        ("currency", "currency", False),
        ("curncy", "currency", False),
        ("cruerncy", "currency", False),
        ("", "a", True),
        ("", "", False),
        ("ab", "ba", True),
        ("ab", "cd", False),
    ],
)
def test_one_slip_apart(word: str, other: str, near: bool) -> None:
    assert one_slip_apart(word, other) == one_slip_apart(other, word) == near
