"""What a person reads in GTM: folder names and the notes on tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagkit.program.model import Action

_FOLDERS = {
    "en": {
        "macro": "Macro-conversions",
        "funnel": "Funnel",
        "secondary": "Secondary",
        "anti": "Anti-conversions",
        "base": "Base",
    },
    "pl": {
        "macro": "Makrokonwersje",
        "funnel": "Lejek",
        "secondary": "Dodatkowe",
        "anti": "Antykonwersje",
        "base": "Podstawa",
    },
}
_SAID = {
    "en": {
        "made": "Made by tagkit from {}.",
        "base": "Made by tagkit. {} for all conversions of the plan.",
        "key_event": "In GA4, mark {} as a key event (Admin > Events).",
        "edit": "Change the plan and build again: the next import overwrites what is changed here.",
    },
    "pl": {
        "made": "Utworzone przez tagkit z {}.",
        "base": "Utworzone przez tagkit. {} dla wszystkich konwersji planu.",
        "key_event": "W GA4 oznacz {} jako kluczowe zdarzenie (Administracja > Zdarzenia).",
        "edit": "Zmień plan i zbuduj ponownie; zmiany zrobione tutaj nadpisze następny import.",
    },
}


def folder_name(language: str, group: str) -> str:
    """What a group of entities is called."""
    return _FOLDERS[language][group]


def note_of(language: str, label: str, action: Action | None = None) -> str:
    """Where a tag comes from and what is left to do by hand."""
    said = _SAID[language]
    if action is None:
        return _plain("\n".join([said["base"].format(label), said["edit"]]))
    lines = [said["made"].format(f"{action.written_as} ({action.name})")]
    if label == "GA4" and action.ga4 and action.ga4.key_event:
        lines.append(said["key_event"].format(action.ga4.event))
    if action.needs:
        lines.append(action.needs)
    return _plain("\n".join([*lines, said["edit"]]))


def _plain(note: str) -> str:
    """The note without what looks like a reference to a variable."""
    return note.replace("{{", "{ {")
