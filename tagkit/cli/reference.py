"""Commands that tell what tagkit knows: the catalog, the rules, the schemas."""

from __future__ import annotations

from typing import Annotated

import typer

from tagkit.cli.options import Language, Platform, Schema
from tagkit.cli.output import stop


def catalog(
    id: Annotated[str | None, typer.Argument(metavar="[ID]", help="One entry.")] = None,  # noqa: A002
    language: Annotated[Language, typer.Option(help="The language of texts.")] = "en",
    platform: Annotated[
        Platform | None, typer.Option(help="How this one shows them, and what the shop adds.")
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="The platform's document, in Markdown.")
    ] = False,
) -> None:
    """List the conversions of the catalog, or show one."""
    from tagkit.catalog import Catalog
    from tagkit.catalog_pages import listing, page
    from tagkit.nearest import nearest

    entries = Catalog()
    if markdown and (id or not platform):
        stop("--markdown goes with --platform, and with no ID")
    if id is None and platform:
        from tagkit import platform_pages

        make = platform_pages.document if markdown else platform_pages.listing
        typer.echo(make(entries, platform, language).rstrip("\n"))
    elif id is None:
        typer.echo(listing(entries, language))
    elif id in entries:
        typer.echo(page(entries.entry(id), language, platform))
    else:
        known = entries.other_names.get(id)
        hint = f"did you mean '{known}'?" if known else nearest(id, entries.ids)
        stop(f"no conversion '{id}' in the catalog" + (f"; {hint}" if hint else ""))


def explain(
    what: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE...]", help="TK207, TK2 or a rule's name.")
    ] = None,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="All pages as one Markdown document.")
    ] = False,
) -> None:
    """Show the manual page of a rule; without a code, list all rules."""
    from tagkit.manual import document, every_rule, listing, page
    from tagkit.selection import matches, unknown

    rules = every_rule()
    for word in what or ():
        if hint := unknown(word, rules):
            stop(f"there is no rule '{word}'; {hint}")
    wanted = [rule for rule in rules if not what or any(matches(rule, word) for word in what)]
    if markdown:
        typer.echo(document(wanted))
    else:
        typer.echo("\n\n\n".join(map(page, wanted)) if what else listing(wanted))


def schema(
    name: Annotated[Schema, typer.Argument(help="Which one.")],
) -> None:
    """Print a JSON schema, for editors and other tools."""
    import json

    from tagkit.editor_schema import editor_schema

    typer.echo(json.dumps(editor_schema(name), indent=2, ensure_ascii=False))
