"""What looks like personal data: by the name it is sent under, and by the text itself.

Google's terms forbid to send anything that identifies a person (support.google.com/analytics/
answer/6366371); Meta wants contact details hashed, in advanced matching only. Words in English and
Polish; those of forms as fbevents.js reads them.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORDS = {
    "email": "an e-mail address",
    "e_mail": "an e-mail address",
    "mail": "an e-mail address",
    "phone": "a phone number",
    "telephone": "a phone number",
    "telefon": "a phone number",
    "telefonu": "a phone number",
    "mobile_number": "a phone number",
    "tel": "a phone number",
    "first_name": "a name",
    "firstname": "a name",
    "last_name": "a name",
    "lastname": "a name",
    "full_name": "a name",
    "fullname": "a name",
    "surname": "a name",
    "customer_name": "a name",
    "user_name": "a name",
    "username": "a name",
    "imie": "a name",
    "nazwisko": "a name",
    "street": "an address",
    "street_address": "an address",
    "address_line": "an address",
    "postal_address": "an address",
    "ulica": "an address",
    "adres": "an address",
    "birthday": "a date of birth",
    "birth_date": "a date of birth",
    "date_of_birth": "a date of birth",
    "dob": "a date of birth",
    "pesel": "an identity number",
    "ssn": "an identity number",
    "passport": "an identity number",
    "ip_address": "an IP address",
    "card_number": "a card number",
    "password": "a password",
    "haslo": "a password",
}
_BETWEEN = {f"_{word}_": what for word, what in _WORDS.items()}
_ABOUT = frozenset(
    """
    type status count source list domain length valid error click clicks signup sign_up consent
    optin opt_in template campaign provider hash hashed sha256 link button form subject
    verified newsletter method model brand os field id_type opened sent
    has is was call calls open opens flag present exists missing platform share copy copied
    opt case cases cover covers charger color colour style carrier version category food
    reset strength changed preference preferences frequency exists filled provided
    """.split()
)
"""Words that make a name tell about the thing, and not be the thing: email_type, phone_click."""

_OF_THINGS = frozenset(
    """
    store stores shop sklep sklepu salon salonu branch oddzial product produkt category kategoria
    dog cat pet pies psa kot kota promo reklamowe reklamowy
    """.split()
)
"""Whose it is, when nobody is named: store.phone is the shop's own, product.phone a thing."""
_OF_PERSONS = frozenset(
    """
    user customer client klient klienta visitor member buyer owner person contact kontakt billing
    shipping delivery checkout order account profile lead form subscriber
    """.split()
)

# compiled when first met, not at every start
_EMAIL = r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}(?![\w@])"
_NOBODYS = r"(?i)@(?:[\w-]+\.)*(?:example(?:\.\w+)?|\w+\.(?:png|svg|jpg))$"


@lru_cache(maxsize=1024)
def looks_like(name: str) -> str:
    """What a parameter, key or query parameter of that name holds of a person: "an e-mail address".

    Empty when nothing. ``user.contact.email`` and ``customerEmail`` count as ``email`` does,
    ``email_type``, ``phone_click`` and ``store.phone`` do not.
    """
    words = _words(name)
    joined = "_" + "_".join(words) + "_"
    for word, what in _BETWEEN.items():
        if word in joined:
            rest = joined.replace(word, "_").strip("_").split("_")
            if _ABOUT.isdisjoint(rest) and (
                _OF_THINGS.isdisjoint(rest) or not _OF_PERSONS.isdisjoint(rest)
            ):
                return what
            return ""
    return ""


def address_in(text: str) -> str:
    """The e-mail address that stands in a text, empty when there is none."""
    if "@" not in text:
        return ""
    found = re.search(_EMAIL, text)
    return found[0] if found and not re.search(_NOBODYS, found[0]) else ""


def _words(name: str) -> list[str]:
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return [word for word in re.split(r"[^a-z0-9]+", apart.lower()) if word]
