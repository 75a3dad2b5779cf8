"""JavaScript's ``String()`` and ``Number()`` on JSON values, and the ``toNumber`` of our templates.

Conditions compare as JavaScript does: undefined is the text "undefined", '' is the number 0.
"""

from __future__ import annotations

import math
import re
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagkit.source import Json


class Absent(Enum):
    """What JSON has no word for: nothing there, or something that a recording does not tell."""

    UNDEFINED = "undefined"
    UNKNOWN = "unknown"


UNDEFINED, UNKNOWN = Absent.UNDEFINED, Absent.UNKNOWN
if TYPE_CHECKING:
    Value = Json | Absent

_DECIMAL = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_OTHER_BASE = re.compile(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)")
_BLANKS = " \t\n\v\f\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_LARGE, _SMALL = 21, -7
"""Exponents from which JavaScript writes 1e21, and 1e-7."""
_DEEP = 50


def text_of(value: Value, depth: int = 0) -> str:
    """``String(value)``."""
    match value:
        case str():
            return value
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _number_as_text(value)
        case list():
            if depth > _DEEP:
                return ""
            return ",".join(
                "" if one is None or isinstance(one, Absent) else text_of(one, depth + 1)
                for one in value
            )
        case dict():
            return "[object Object]"
    return value.value


def _number_as_text(number: float) -> str:
    try:
        exact = float(number)
    except OverflowError:  # more than JavaScript's largest
        return "Infinity" if number > 0 else "-Infinity"
    if math.isnan(exact) or math.isinf(exact):
        return "NaN" if math.isnan(exact) else "Infinity" if exact > 0 else "-Infinity"
    if exact == 0:
        return "0"
    mantissa, _, exponent = f"{exact!r}".partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, rest = mantissa.lstrip("-").partition(".")
    rest = "" if rest == "0" else rest
    point = len(whole) + int(exponent or 0)
    digits = (whole + rest).lstrip("0")
    point -= len(whole + rest) - len(digits)
    digits = digits.rstrip("0")
    if _SMALL + 1 < point <= _LARGE:
        if point <= 0:
            return f"{sign}0.{'0' * -point}{digits}"
        if point >= len(digits):
            return sign + digits.ljust(point, "0")
        return f"{sign}{digits[:point]}.{digits[point:]}"
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{fraction}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def number_of(value: Value) -> float:
    """``Number(value)``; NaN for what is none."""
    match value:
        case bool() | None:
            return float(value or 0)
        case int() | float():
            return _float(value)
        case str():
            return _text_as_number(value)
        case list():
            return _text_as_number(text_of(value))
    return math.nan


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _text_as_number(text: str) -> float:
    text = text.strip(_BLANKS)
    if not text:
        return 0.0
    if _OTHER_BASE.fullmatch(text):
        return _float(int(text, 0))
    if text.lstrip("+-") == "Infinity" and len(text) - len("Infinity") <= 1:
        return -math.inf if text[0] == "-" else math.inf
    return float(text) if _DECIMAL.fullmatch(text) else math.nan


_PLAIN = re.compile(r"\s*[+-]?[0-9]*\.?[0-9]+(e[+-]?[0-9]+)?\s*", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]?[0-9]?(,[0-9]{3})+")
_AMOUNT = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")


def amount_of(value: Value) -> float | None:
    """As ``templates/values/to_number.js.j2``: the number in a text such as '1 234,50 zł'."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = _float(value)
        return number if math.isfinite(number) else None
    if not isinstance(value, str):
        return None
    if _PLAIN.fullmatch(value):
        return float(value)
    if re.match(r"\s*0x", value, re.IGNORECASE):
        return None
    text = re.sub(r"[^0-9.,+-]", "", value)
    comma, dot = text.rfind(","), text.rfind(".")
    if comma > -1 and dot > -1:
        thousands = "." if comma > dot else ","
        text = text.replace(thousands, "").replace(",", ".", 1)
    elif comma > -1:
        text = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text.replace(",", ".", 1)
    number = float(text) if _AMOUNT.fullmatch(text) else math.nan
    return number if math.isfinite(number) else None
