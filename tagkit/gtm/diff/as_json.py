"""A difference as JSON for other programs: a frozen shape, whatever our own types become.

``{"version": 1, "old": FILE, "new": FILE, "different": bool, "left_out": int,
"measurement": [EFFECT], "entities": [CHANGE]}``; docs/diff.md says what each key holds. A change of
the shape is a new version; a new word for ``what`` or a new key is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tagkit.gtm.diff.sentences import sentence
from tagkit.report.json import written

if TYPE_CHECKING:
    from tagkit.gtm.container import Entity
    from tagkit.gtm.diff.model import Change, Difference, Effect, Subject


class Side(NamedTuple):
    """A file that was compared: its name, and whether it is a plan or a container."""

    file: str
    kind: str


def report(difference: Difference, old: Side, new: Side) -> str:
    """One object on lines of its own."""
    return written(
        {
            "version": 1,
            "old": old._asdict(),
            "new": new._asdict(),
            "different": bool(difference),
            "left_out": difference.left_out,
            "measurement": [_effect(effect) for effect in difference.effects],
            "entities": [_change(change) for change in difference.changes],
        }
    )


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "what": effect.what,
        "message": sentence(effect, lambda name: f"'{name}'"),
        "subjects": [_subject(subject) for subject in effect.subjects],
        "cause": {"kind": effect.cause[0], "name": effect.cause[1]} if effect.cause else None,
        "affects": [
            {**_subject(one.subject), "through": list(one.through), "when": one.when}
            for one in effect.affects
        ],
    }


def _subject(subject: Subject) -> dict[str, str]:
    return {"platform": subject.platform, "name": subject.name, "tag": subject.tag}


def _change(change: Change) -> dict[str, Any]:
    return {
        "change": change.change,
        "kind": change.entity.kind,
        "type": change.entity.type,
        "old": _name(change.old),
        "new": _name(change.new),
        "details": [
            {"what": detail.what, "old": detail.old, "new": detail.new} for detail in change.details
        ],
    }


def _name(entity: Entity | None) -> str | None:
    return entity.name if entity else None
