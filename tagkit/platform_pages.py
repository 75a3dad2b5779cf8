"""What tagkit sees on a platform and what the shop adds: a document, made from the catalog."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from tagkit.detection_words import ABSENT, FIRES, PUSH, in_words, is_heard_only, state_of
from tagkit.push_code import push_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tagkit.catalog import Catalog

PLATFORMS = {
    "prestashop": "PrestaShop",
    "woocommerce": "WooCommerce",
    "magento": "Magento",
    "shopify": "Shopify",
    "generic": "",
}
_WIDTH = 88
_KINDS = ("macro", "micro", "anti")
_SAID: dict[str, Any] = {
    "en": {
        "title": "{platform}: what is detected, and what the shop adds",
        "any": "Any site",
        "intro": "Made from the catalog (`python -m tests.golden.regenerate`). With "
        "`business: {{platform: {id}}}` in a plan, each conversion is looked for in all the ways "
        "of its list at once. `tagkit doctor URL` tells which of them a page of yours has.",
        "intro_any": "Made from the catalog (`python -m tests.golden.regenerate`). A plan without "
        "a platform looks for each conversion in all the ways of its list at once. `tagkit doctor "
        "URL` tells which of them a page of yours has.",
        "heads": ("conversion", "name", "on the page", "how surely"),
        "macro": "The goal",
        "micro": "On the way",
        "anti": "What stands in the way",
        FIRES: "detected",
        PUSH: "needs a push",
        ABSENT: "not there",
        "sure": {"high": "sure", "medium": "fairly sure", "low": "a guess", "": ""},
        "must": "The shop pushes this",
        "may": "What the shop can push instead, which no theme breaks",
        "when": "When: {when}",
        "sent": "GA4 gets `{ga4}`, Meta `{meta}`.",
        "as_any": "As on any site.",
        "pixel": "`tagkit build` writes that pixel: `shopify-pixel.js`. A push in the theme would "
        "not get there.",
        "more": {
            "shopify": "A theme does not see the checkout: there, what is said below to be heard "
            "by a custom pixel needs `shopify-pixel.js`, which is built beside the container. See "
            "[the checkout of Shopify](../shopify-checkout.md)."
        },
    },
    "pl": {
        "title": "{platform}: co jest wykrywane i co dodaje sklep",
        "any": "Każda strona",
        "intro": "Powstaje z katalogu (`python -m tests.golden.regenerate`). Gdy w planie stoi "
        "`business: {{platform: {id}}}`, każda konwersja jest szukana naraz wszystkimi sposobami "
        "ze swojej listy. `tagkit doctor URL` mówi, które z nich ma Twoja strona.",
        "intro_any": "Powstaje z katalogu (`python -m tests.golden.regenerate`). Plan bez "
        "platformy szuka każdej konwersji naraz wszystkimi sposobami z jej listy. `tagkit doctor "
        "URL` mówi, które z nich ma Twoja strona.",
        "heads": ("konwersja", "nazwa", "na stronie", "na ile pewnie"),
        "macro": "Cel",
        "micro": "Po drodze",
        "anti": "Co stoi na przeszkodzie",
        FIRES: "wykrywana",
        PUSH: "wymaga push",
        ABSENT: "nie ma jej",
        "sure": {"high": "pewne", "medium": "dość pewne", "low": "domysł", "": ""},
        "must": "Sklep wysyła",
        "may": "Co sklep może wysłać zamiast tego i czego nie zepsuje żaden szablon",
        "when": "Kiedy: {when}",
        "sent": "GA4 dostaje `{ga4}`, Meta `{meta}`.",
        "as_any": "Jak na każdej stronie.",
        "pixel": "Ten piksel zapisuje `tagkit build`: `shopify-pixel.js`. Push w szablonie tam nie "
        "dotrze.",
        "more": {
            "shopify": "Szablon nie widzi kasy: to, co niżej słyszy niestandardowy piksel, wymaga "
            "tam pliku `shopify-pixel.js`, który powstaje obok kontenera. Zobacz "
            "[kasa Shopify](../shopify-checkout.pl.md)."
        },
    },
}


def document(catalog: Catalog, platform: str, language: str) -> str:
    """The document of a platform, in Markdown."""
    said = _SAID[language]
    name = PLATFORMS[platform] or said["any"]
    intro = said["intro"] if PLATFORMS[platform] else said["intro_any"]
    lines = [f"# {said['title'].format(platform=name)}", "", intro.format(id=platform), ""]
    if platform in said["more"]:
        lines += [said["more"][platform], ""]
    lines += [_row(said["heads"]), _row(["---"] * len(said["heads"]))]
    entries = _in_order(catalog)
    for entry in entries:
        state, sure = state_of(ways_of(entry, platform))
        cells = (f"[`{entry['id']}`](#{entry['id']})", entry["name"][language], said[state])
        lines.append(_row([*cells, said["sure"][sure]]))
    for kind in _KINDS:
        lines += ["", f"## {said[kind]}"]
        for entry in entries:
            if entry["kind"] == kind:
                lines += _section(entry, platform, language)
    return "\n".join(lines) + "\n"


def listing(catalog: Catalog, platform: str, language: str) -> str:
    """The same for a terminal: a line for each conversion, then each with its ways."""
    said = _SAID[language]
    entries = _in_order(catalog)
    lines = []
    for entry in entries:
        state, sure = state_of(ways_of(entry, platform))
        level = f"{said[state]}, {said['sure'][sure]}" if sure else said[state]
        lines.append(f"{entry['id']:<18} {level}")
    for entry in entries:
        lines += ["", f"{entry['id']} · {entry['name'][language]}"]
        lines += detection_lines(ways_of(entry, platform), language)
        state, _ = state_of(ways_of(entry, platform))
        if state != FIRES and (code := push_code(entry, language)):
            lines += [f"  {said['must']}:", textwrap.indent(code, "    ")]
    return "\n".join(lines)


def ways_of(entry: Mapping[str, Any], platform: str) -> Sequence[Mapping[str, Any]]:
    """Its ways there, or on any site."""
    detect: Mapping[str, Sequence[Mapping[str, Any]]] = entry["detect"]
    return detect.get(platform) or detect["generic"]


def detection_lines(ways: Sequence[Mapping[str, Any]], language: str) -> Iterator[str]:
    """The ways, for a terminal."""
    said = _SAID[language]
    for way in ways:
        words = in_words(way, language)
        first = f"{said['sure'][way['sure']]}: {words.sentence}"
        yield textwrap.fill(first, _WIDTH, initial_indent="  - ", subsequent_indent="    ")
        for line in (*words.lines, *_remarks(way, language)):
            yield textwrap.fill(line, _WIDTH, initial_indent="    ", subsequent_indent="    ")


def _section(entry: Mapping[str, Any], platform: str, language: str) -> Iterator[str]:
    said = _SAID[language]
    ways = ways_of(entry, platform)
    state, _ = state_of(ways)
    ga4, meta = entry["google_analytics"], entry["meta_pixel"]
    sent = said["sent"].format(ga4=ga4["event"], meta=meta.get("event") or meta["custom"])
    yield from ("", f'<a id="{entry["id"]}"></a>', f"### {entry['id']} · {entry['name'][language]}")
    yield from ("", f"{entry['description'][language]} {sent}", "")
    if platform not in entry["detect"]:
        yield from (said["as_any"], "")
    for way in ways:
        words = in_words(way, language, _code)
        level = said["sure"][way["sure"]]
        more = "; ".join(words.lines)
        yield f"- **{level}** · {words.sentence}{f' ({more})' if more else ''}"
        yield from (f"  {remark}" for remark in _remarks(way, language))
    if is_heard_only(ways):
        yield from ("", said["pixel"])
        return
    code = push_code(entry, language)
    if not code:
        return
    when = next((way["needs"] for way in ways if "needs" in way), None)
    yield from ("", f"{said['must'] if state != FIRES else said['may']}:", "", "```js", code, "```")
    if when is None and state != FIRES:
        yield from ("", said["when"].format(when=entry["description"][language]))


def _remarks(way: Mapping[str, Any], language: str) -> Iterator[str]:
    for key in ("absent", "needs"):
        if key in way:
            text = way[key]
            yield text[language] if isinstance(text, dict) else str(text)


def _code(text: str) -> str:
    mark = "``" if "`" in text else "`"
    return f"{mark}{text}{mark}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _in_order(catalog: Catalog) -> list[dict[str, Any]]:
    entries = [catalog.entry(name) for name in catalog.ids]
    return sorted(entries, key=lambda e: (_KINDS.index(e["kind"]), e.get("step", 99), e["id"]))
