"""The starter plan that ``tagkit init`` writes."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from tagkit.diagnostics import Findings


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of the business; None is not known."""

    name: str | None = None
    url: str | None = None
    platform: str | None = None
    currency: str | None = None
    language: str | None = None
    measurement_id: str | None = None
    pixel_id: str | None = None


CONVERSIONS = (
    "purchase",
    "view_item",
    "add_to_cart",
    "begin_checkout",
    "newsletter_signup",
    "phone_click",
    "form_error",
    "page_not_found",
    "empty_search",
)
"""Those of the starter plan, in its order: each begins with a scenario."""

_QUESTIONS = {
    "name": ("Name of the business", "My shop"),
    "url": ("Its site", "https://shop.example"),
    "platform": ("Platform: generic, prestashop, woocommerce, magento or shopify", "generic"),
    "currency": ("Currency", "PLN"),
    "language": ("Language of names: en or pl", "en"),
    "measurement_id": ("GA4 measurement ID (empty: later)", ""),
    "pixel_id": ("Meta pixel ID (empty: later)", ""),
}


def ask(given: Answers) -> Answers:
    """The answers, with the missing ones asked for on the terminal."""
    import typer

    said = {}
    for field, (question, default) in _QUESTIONS.items():
        if getattr(given, field) is None:
            said[field] = typer.prompt(question, default=default, err=True).strip() or None
    return replace(given, **said)


def starter(answers: Answers) -> tuple[str, str]:
    """The plan, and what is wrong with the answers (empty when nothing is)."""
    from tagkit.catalog import shared_catalog
    from tagkit.rendering import render
    from tagkit.schema import SchemaName, validate
    from tagkit.source import load

    language = answers.language or "en"
    if language not in ("en", "pl"):
        return "", f"there is no language '{language}'; it is en or pl"
    text = render(
        f"starter/plan.{language}.yaml.j2",
        quoted=_quoted,
        ids=CONVERSIONS,
        does=lambda entry: shared_catalog().entry(entry)["visitor"]["name"][language],
        name=answers.name or "My shop",
        url=answers.url or "https://shop.example",
        platform=answers.platform or "generic",
        currency=answers.currency or "PLN",
        measurement_id=answers.measurement_id,
        pixel_id=answers.pixel_id,
    )
    found = Findings()
    source = load(text + "\n", "plan.yaml", found)
    if not found.fatal:
        validate(source.data, SchemaName.PLAN, found, source=source)
    if found.fatal:
        first = found[0]
        option = str(first.route[-1] if first.route else "").replace("_", "-")
        hint = f"; {first.hint}" if first.hint and not first.hint.startswith("quote it") else ""
        return "", f"--{option}: {first.message}{hint}" if option else f"{first.message}{hint}"
    return source.text, ""


def _quoted(value: str) -> str:
    """A text as YAML: JSON's strings are YAML's."""
    return json.dumps(value, ensure_ascii=False)
