"""Options that several commands have, and what they mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from tagkit.cli.output import stop

if TYPE_CHECKING:
    from tagkit.plan.substitute import Given
    from tagkit.selection import Selection

Only = Literal["gtm", "pixel"]
Language = Literal["en", "pl"]
Platform = Literal["generic", "prestashop", "woocommerce", "magento", "shopify"]
Schema = Literal["plan", "catalog-entry", "gtm-container", "scenario", "snippet-manifest"]

Select = Annotated[
    list[str] | None,
    typer.Option(metavar="CODES", help="Say nothing but these: TK207, TK2 or a rule's name."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(metavar="CODES", help="Do not say these; commas between several."),
]
Clients = Annotated[
    Path | None, typer.Option(metavar="TABLE", help="A CSV or YAML table of the plan's clients.")
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A value for one of the plan's 'vars'."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")]


def selection_of(select: list[str] | None, ignore: list[str] | None) -> Selection | None:
    """What the options name; a word that means no rule stops the command."""
    if not select and not ignore:
        return None
    from tagkit.manual import every_rule
    from tagkit.selection import Selection, unknown

    wanted, unwanted = (
        tuple(word for said in given or () for word in said.replace(",", " ").split())
        for given in (select, ignore)
    )
    rules = list(every_rule())
    for word in (*wanted, *unwanted):
        if hint := unknown(word, rules):
            stop(f"there is no rule '{word}'; {hint}")
    return Selection(wanted, unwanted)


def values_given(said: list[str] | None) -> dict[str, Given]:
    """The values that ``--set`` gives."""
    if not said:
        return {}
    from tagkit.plan.substitute import given

    values, wrong = given(said)
    if wrong is not None:
        stop(f"--set takes name=value, not '{wrong}'")
    return values
