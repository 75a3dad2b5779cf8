"""What became of a container, in words: for a person who is to keep the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tagkit.adopt.adoption import Adoption
    from tagkit.adopt.model import Left


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
        yield from _alone(adoption.left)
    if adoption.kept:
        yield "stays in the container, the plan refers to it:"
        yield from (f"  {{{{{name}}}}}: {reason}" for name, reason in adoption.kept)
    if adoption.text:
        decisions = adoption.text.count("# decide: ")
        if decisions:
            yield f"{decisions} {'place' if decisions == 1 else 'places'} to decide: '# decide:'"
        yield f"next: tagkit build {plan} -o dist; once that is imported, pause the tags above"


def _alone(lefts: Sequence[Left]) -> Iterator[str]:
    """A line for each tag; of the rest a line for each reason."""
    alike: dict[str, list[str]] = {}
    for left in lefts:
        if left.words.startswith(("tag ", "a tag ")):
            yield f"  {left.words}: {left.reason}"
        else:
            alike.setdefault(left.reason, []).append(left.words)
    for reason, words in alike.items():
        yield f"  {reason}: {', '.join(words)}"
