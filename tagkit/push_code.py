"""The data layer push that a conversion asks of the shop, as code with the type of each value."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WORDS = {
    "en": {
        "forget": "nothing of the push before stays",
        "required": "required",
        "currency": "text: a code of ISO 4217",
        "text": "text",
        "number": "number, without quotes",
        "integer": "whole number",
        "boolean": "true or false",
        "items": "list: one for each product",
    },
    "pl": {
        "forget": "nic nie zostaje z poprzedniego push",
        "required": "wymagane",
        "currency": "tekst: kod ISO 4217",
        "text": "tekst",
        "number": "liczba, bez cudzysłowu",
        "integer": "liczba całkowita",
        "boolean": "true albo false",
        "items": "lista: po jednym na produkt",
    },
}
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_WHOLE = ("quantity", "index", "results_count", "num_items")


def push_code(entry: Mapping[str, Any], language: str) -> str:
    """The push of a catalog entry; empty when the shop has nothing to push."""
    push = entry.get("push")
    if not push:
        return ""
    words = _WORDS[language]
    lines = []
    if "ecommerce" in push:
        lines.append(f"dataLayer.push({{ecommerce: null}});  // {words['forget']}")
    lines += ["dataLayer.push({", *_members(push, _required(entry), "", words, "  "), "});"]
    return "\n".join(_aligned(lines))


def _required(entry: Mapping[str, Any]) -> set[str]:
    """The paths of the push that a parameter cannot do without."""
    found = set()
    for source in entry.get("parameters", {}).values():
        if not isinstance(source, dict) or not source.get("required"):
            continue
        if "ecommerce" in source:
            found.add(f"ecommerce.{source['ecommerce']}")
        elif "pushed" in source:
            found.add(str(source["pushed"]))
    return found


def _members(
    value: Mapping[str, Any], required: set[str], path: str, words: Mapping[str, str], indent: str
) -> Iterator[str]:
    for name, member in value.items():
        at = f"{path}{name}"
        more = f", {words['required']}" if at in required else ""
        key = name if _NAME.fullmatch(name) else json.dumps(name)
        match member:
            case dict():
                yield f"{indent}{key}: {{"
                yield from _members(member, required, f"{at}.", words, f"{indent}  ")
                yield f"{indent}}},"
            case [dict() as first, *_]:
                yield f"{indent}{key}: [{{  // {words['items']}{more}"
                yield from _members(first, required, f"{at}.", words, f"{indent}  ")
                yield f"{indent}}}],"
            case _ if name == "event":
                yield f"{indent}{key}: {json.dumps(member, ensure_ascii=False)},"
            case _:
                said = json.dumps(member, ensure_ascii=False)
                yield f"{indent}{key}: {said},  // {words[_kind(name, member)]}{more}"


def _kind(name: str, value: Any) -> str:  # noqa: ANN401
    if name == "currency":
        return "currency"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "integer" if name in _WHOLE else "number"
    return "text"


def _aligned(lines: list[str]) -> Iterator[str]:
    """With the remarks in one column."""
    wide = max((len(line.partition("  // ")[0]) for line in lines if "  // " in line), default=0)
    for line in lines:
        code, mark, remark = line.partition("  // ")
        yield f"{code:<{wide}}{mark}{remark}" if mark else code
