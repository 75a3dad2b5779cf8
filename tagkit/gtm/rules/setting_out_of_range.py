"""A number in a timer, scroll, visibility or video trigger is out of its range, or no number.

Such a trigger fires never, or far too often. A visibility of 100 percent is never reached by what
is taller than the window.

Before::

    {"type": "SCROLL_DEPTH", "parameter": [ …{"key": "verticalThresholdsPercent", "value": "50%"}]}

After::

    {"type": "SCROLL_DEPTH", "parameter": [ …{"key": "verticalThresholdsPercent", "value": "50"}]}

Source: GTM's auto-event code: setInterval, IntersectionObserver, scrolled part of the page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tagkit.diagnostics import Finding, Rule, Severity
from tagkit.gtm.container import mapping, text
from tagkit.gtm.firing import is_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tagkit.gtm.container import Container, Entity

RULE = Rule(
    "TK466",
    "setting-out-of-range",
    Severity.WARNING,
    "a number of a trigger is out of its range, or no number",
)

_NUMBER = re.compile(r"\s*\d+(?:\.\d+)?\s*")
_SHORTEST = 100
_SHORT = 1_000
_WHOLE = 100
_Said = tuple[str, str, Severity] | None


def check(container: Container) -> Iterator[Finding]:
    """Each such number, where it stands; what a variable gives is not known."""
    if not is_web(container):
        return
    for trigger in container.of("trigger"):
        if trigger.type == "TIMER":
            yield from _check_timer(trigger)
        elif trigger.type == "SCROLL_DEPTH":
            yield from _check_scroll(trigger)
        elif trigger.type == "ELEMENT_VISIBILITY":
            yield from _check_visibility(trigger)
        elif trigger.type == "YOU_TUBE_VIDEO":
            yield from _check_lists(
                trigger, "captureProgress",
                {"progressThresholdsPercent": _WHOLE, "progressThresholdsTimeInSeconds": None},
            )  # fmt: skip


def _check_timer(trigger: Entity) -> Iterator[Finding]:
    values = {key: mapping(trigger.data.get(key)) for key in ("interval", "limit")}
    interval, limit = (text(value.get("value")).strip() for value in values.values())
    for key, said in (("interval", interval), ("limit", limit)):
        wrong = bool(said) and "{{" not in said and not _NUMBER.fullmatch(said)
        if wrong:
            yield Finding(
                RULE, (*trigger.route, key, "value"),
                f"the {key} of {trigger.words}, '{said}', is no number",
                hint="write milliseconds, such as 30000" if key == "interval" else "write digits",
            )  # fmt: skip
    if not _NUMBER.fullmatch(interval):
        return
    every, route = float(interval), (*trigger.route, "interval", "value")
    endless = not limit
    if not every or (every < _SHORTEST and (endless or limit not in ("0", "1"))):
        yield Finding(
            RULE, route,
            f"{trigger.words} fires every {interval} milliseconds",
            hint="intervals are in milliseconds: 30 seconds are 30000",
        )  # fmt: skip
    elif every < _SHORT and endless:
        yield Finding(
            RULE, route,
            f"{trigger.words} fires every {interval} milliseconds without end",
            hint="set a limit; intervals are in milliseconds: 30 seconds are 30000",
        )  # fmt: skip


def _check_scroll(trigger: Entity) -> Iterator[Finding]:
    for way in ("vertical", "horizontal"):
        units = trigger.parameter(f"{way}ThresholdUnits")
        if units is None or units.value not in ("PERCENT", "PIXELS"):
            continue
        limit = _WHOLE if units.value == "PERCENT" else None
        key = f"{way}Thresholds{units.value.title()}"
        yield from _check_lists(trigger, f"{way}ThresholdOn", {key: limit})


def _check_lists(trigger: Entity, flag: str, keys: dict[str, int | None]) -> Iterator[Finding]:
    switch = trigger.parameter(flag)
    if switch is None or switch.value != "true":
        return
    for key, most in keys.items():
        parameter = trigger.parameter(key)
        if parameter is None or "{{" in parameter.value or not parameter.value.strip():
            continue
        for number in parameter.value.split(","):
            problem = _problem(number, most)
            if problem:
                yield Finding(
                    RULE,
                    parameter.value_route,
                    f"'{number.strip()}' among the thresholds of {trigger.words} {problem}",
                    hint="write numbers with commas between them, such as 25, 50, 75",
                )
                break


def _problem(number: str, most: int | None) -> str:
    if not _NUMBER.fullmatch(number):
        return "is no number"
    if most is not None and float(number) > most:
        return f"is more than {most} percent, which is never reached"
    return ""


def _check_visibility(trigger: Entity) -> Iterator[Finding]:
    ratio = trigger.parameter("onScreenRatio")
    if ratio is not None and ratio.value.strip() and "{{" not in ratio.value:
        problem = _problem(ratio.value, _WHOLE)
        if problem:
            yield Finding(
                RULE, ratio.value_route,
                f"the visible part of {trigger.words}, '{ratio.value}', {problem}",
                hint="write a number of percent from 1 to 100, without '%'",
            )  # fmt: skip
        elif float(ratio.value) == _WHOLE:
            yield Finding(
                RULE, ratio.value_route,
                f"{trigger.words} never fires for an element that is taller than the window: "
                "it must be visible to 100 percent",
                hint="write 50, or less for tall elements",
                severity=Severity.NOTE,
            )  # fmt: skip
    timed, duration = (
        trigger.parameter("useOnScreenDuration"),
        trigger.parameter("onScreenDuration"),
    )
    if timed is None or timed.value != "true" or duration is None or "{{" in duration.value:
        return
    if duration.value.strip() and not _NUMBER.fullmatch(duration.value):
        yield Finding(
            RULE, duration.value_route,
            f"the on-screen duration of {trigger.words}, '{duration.value}', is no number",
            hint="write milliseconds, such as 2000",
        )  # fmt: skip
