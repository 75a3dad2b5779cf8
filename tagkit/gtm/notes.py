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
        "base": "Made by tagkit. {}",
        "Watch": "Makes an event of each answer to the consent banner.",
        "Gate": "Fires when the visitor has agreed, and lets go what waited for that.",
        "Google tag": "Starts Google Analytics; all GA4 tags need it.",
        "Listeners": "Pushes tagkit's own events when they happen on the page.",
        "Base pixel": "Loads the Meta Pixel, when it may; all Meta tags need it.",
        "key_event": "In GA4, mark {} as a key event (Admin > Events).",
        "edit": "Change the plan and build again: the next import overwrites what is changed here.",
    },
    "pl": {
        "made": "Utworzone przez tagkit z {}.",
        "base": "Utworzone przez tagkit. {}",
        "Watch": "Robi zdarzenie z każdej odpowiedzi na baner zgody.",
        "Gate": "Uruchamia się, gdy użytkownik wyrazi zgodę, i wypuszcza to, co na nią czekało.",
        "Google tag": "Uruchamia Google Analytics; potrzebują go wszystkie tagi GA4.",
        "Listeners": "Wysyła do warstwy danych zdarzenia tagkita, gdy zajdą na stronie.",
        "Base pixel": "Ładuje piksel Meta, gdy wolno; potrzebują go wszystkie tagi Meta.",
        "key_event": "W GA4 oznacz {} jako kluczowe zdarzenie (Administracja > Zdarzenia).",
        "edit": "Zmień plan i zbuduj ponownie; zmiany zrobione tutaj nadpisze następny import.",
    },
}

# By these beginnings, and by the folders' names, merge knows what is ours: what an earlier version
# wrote has to stay among them.
_MADE = tuple(said["base"].partition(".")[0] for said in _SAID.values())


def folder_name(language: str, group: str) -> str:
    """What a group of entities is called."""
    return _FOLDERS[language][group]


def note_of(language: str, label: str, action: Action | None = None) -> str:
    """Where a tag comes from and what is left to do by hand."""
    said = _SAID[language]
    if action is None:
        task = said["Gate" if label.startswith("Gate") else label]
        return _plain("\n".join([said["base"].format(task), said["edit"]]))
    lines = [said["made"].format(f"{action.written_as} ({action.name})")]
    if label == "GA4" and action.ga4 and action.ga4.key_event:
        lines.append(said["key_event"].format(action.ga4.event))
    if action.needs:
        lines.append(action.needs)
    return _plain("\n".join([*lines, said["edit"]]))


def is_made(note: str) -> bool:
    """Whether a note is one that tagkit wrote."""
    return note.startswith(_MADE)


def made_note(language: str) -> str:
    """The note of what is no tag."""
    return _SAID[language]["base"].format(_SAID[language]["edit"])


def folder_names() -> frozenset[str]:
    """What groups are called, in every language."""
    return frozenset(name for names in _FOLDERS.values() for name in names.values())


def _plain(note: str) -> str:
    """The note without what looks like a reference to a variable."""
    return note.replace("{{", "{ {")
