"""What became of a container, in words: for a person who is to keep the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.adopt.adoption import Adoption


def report(adoption: Adoption, plan: str) -> str:
    """The report as text; ``plan`` is the name of the file that was written."""
    return "\n".join(_lines(adoption, plan)) + "\n"


def _lines(adoption: Adoption, plan: str) -> Iterator[str]:
    if adoption.reason:
        yield f"no plan: {adoption.reason}"
    if adoption.became:
        yield f"became part of {plan}:"
        yield from (f"  {words} -> {became}" for words, became in adoption.became)
    if adoption.left:
        yield "left alone:"
        yield from (f"  {left.words}: {left.reason}" for left in adoption.left)
    if adoption.kept:
        yield "stays in the container, the plan refers to it:"
        yield from (f"  {{{{{name}}}}}: {reason}" for name, reason in adoption.kept)
    if adoption.text:
        decisions = adoption.text.count("# decide: ")
        if decisions:
            yield f"{decisions} {'place' if decisions == 1 else 'places'} to decide: '# decide:'"
        yield f"next: tagkit build {plan} -o dist; once that is imported, pause the tags above"
