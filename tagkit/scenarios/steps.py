"""What each step does in a page, and why one cannot be done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as TooLateError

from tagkit.nearest import nearest
from tagkit.scenarios.model import Does

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tagkit.scenarios.model import Step, Subject
    from tagkit.scenarios.page import Tab

_FIND = 2.0
"""Seconds that a page has to show an element."""
_TIME = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(ms|s)\s*")
_DEPTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(%|px)\s*")
_SCROLL = """([number, unit]) => {
  const whole = document.documentElement.scrollHeight - innerHeight;
  scrollTo(0, unit === '%' ? whole * number / 100 : number);
}"""
# what is in view, a browser tells when it draws
_DRAWN = """() => new Promise((done) => requestAnimationFrame(
  () => requestAnimationFrame(() => setTimeout(done, 0))))"""
_SUBMIT = """(element) => {
  const form = element.closest('form');
  if (!form) return 'no form';
  const button = form.querySelector('[type=submit], button:not([type])');
  const wrong = form.noValidate ? null : form.querySelector('input:invalid, select:invalid, textarea:invalid');
  form.requestSubmit(button || undefined);
  return wrong ? (wrong.id ? '#' + wrong.id : '[name="' + wrong.name + '"]') + ': ' + wrong.validationMessage : '';
}"""  # noqa: E501
# what was on the page, for whom a selector did not find
_CONTENT = """() => {
  const text = (element) => (element.innerText || element.value || '').trim().slice(0, 40);
  const all = [...document.querySelectorAll('body *')].slice(0, 5000);
  return {
    title: document.title, url: location.href,
    ids: [...new Set(all.filter((e) => e.id).map((e) => '#' + e.id))].slice(0, 500),
    classes: [...new Set(all.flatMap((e) => [...e.classList].map((c) => '.' + c)))].slice(0, 500),
    buttons: [...document.querySelectorAll('button, [type=submit], a[href]')].slice(0, 200)
      .map(text).filter(Boolean),
  };
}"""
_KIND = """(e) => /^(input|select|textarea)$/.test(e.localName) || e.isContentEditable
  ? e.localName + ' ' + (e.type || '') : ''"""
_COVER = """(element) => {
  const box = element.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  if (!box.width || getComputedStyle(element).visibility === 'hidden') return 'it is not visible';
  if (element.disabled) return 'it is disabled';
  if (!top || element.contains(top)) return '';
  const name = top.id ? '#' + top.id : top.classList.length ? '.' + top.classList[0] : '';
  return 'it is covered by <' + top.localName + name + '>';
}"""


class StepError(Exception):
    """A step that cannot be done: a sentence, and what was on the page."""

    def __init__(self, message: str, trace: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.trace = trace


async def perform(
    step: Step, tab: Tab, subject: Subject, limit: float, *, with_timers: bool = True
) -> None:
    """Do a step and wait until the page is quiet, with its timers or not. Raises StepError."""
    value = step.value
    match step.does:
        case Does.NAVIGATE if value.strip() == "back":
            await _back(tab, limit)
        case Does.OPEN | Does.NAVIGATE:
            await _open(tab, value, limit)
        case Does.CLICK:
            await _click(await _element(tab, value))
        case Does.FILL:
            for selector, content in value.items():
                await _fill(await _element(tab, selector), content, selector)
        case Does.SUBMIT:
            await _submit(await _element(tab, value), tab, value)
        case Does.SCROLL:
            await _scroll(tab, value)
        case Does.WAIT:
            await _wait(tab, value, limit)
        case Does.PUSH:
            await tab.push(value)
        case Does.CONSENT:
            assert tab.site is not None  # noqa: S101 # a scenario is going on
            await tab.consent(tab.site.choose(value), subject.update_event)
    await tab.settle(with_timers=with_timers)


async def _back(tab: Tab, limit: float) -> None:
    if tab.pages < 2:  # noqa: PLR2004 # this one and the one before
        message = "there is no page to go back to"
        raise StepError(message)
    try:
        await tab.page.go_back(timeout=limit * 1000)
    except TooLateError:
        message = f"the page before did not load in {limit:g} s"
        raise StepError(message) from None


async def _open(tab: Tab, page: str, limit: float) -> None:
    assert tab.site is not None  # noqa: S101 # a scenario is going on
    try:
        await tab.page.goto(tab.site.url(page), wait_until="load", timeout=limit * 1000)
    except TooLateError:
        waits = [f"it waits for {url}" for url in tab.waits_for[:3]]
        message = f"the page did not load in {limit:g} s: {page}"
        raise StepError(message, tuple(waits)) from None
    except PlaywrightError as error:
        message = f"the page cannot be opened: {page} ({_reason(error)})"
        raise StepError(message) from None


def _reason(error: PlaywrightError) -> str:
    found = re.search(r"net::ERR_(\w+)|NS_ERROR_(\w+)", error.message)
    first = re.sub(r"^\w+\.\w+: (Error: )?", "", error.message.partition("\n")[0])
    words = (found[1] or found[2]) if found else first
    return words.replace("_", " ").lower() if found else words


async def _element(tab: Tab, selector: str, state: Any = "attached") -> Locator:  # noqa: ANN401
    locator = tab.page.locator(f"css={selector}").first
    try:
        await locator.wait_for(state=state, timeout=_FIND * 1000)
    except TooLateError:
        raise await _missing(tab, selector) from None
    except PlaywrightError as error:
        if "selector" in error.message:
            message = f"'{selector}' is no CSS selector"
            raise StepError(message) from None
        raise
    return locator


async def _missing(tab: Tab, selector: str) -> StepError:
    said = await tab.run(_CONTENT)
    lines = [f"the page: {said['url']}" + (f" ('{said['title']}')" if said["title"] else "")]
    marks = re.findall(r"[#.][\w-]+", selector)
    known = [*said["ids"], *said["classes"]]
    near = (nearest(mark, known) for mark in marks if mark not in known)
    lines += [hint for hint in near if hint]
    if said["ids"]:
        lines.append(f"ids: {_some(said['ids'])}")
    if said["buttons"]:
        lines.append(f"buttons and links: {_some([repr(text) for text in said['buttons']])}")
    return StepError(f"nothing on the page fits '{selector}'", tuple(lines))


def _some(words: list[str], most: int = 8) -> str:
    listed = list(dict.fromkeys(words))
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more


async def _click(locator: Locator) -> None:
    try:
        await locator.click(timeout=_FIND * 1000, no_wait_after=True)
    except TooLateError:
        why = await locator.evaluate(_COVER)
        message = "the element is there, but cannot be clicked" + (f": {why}" if why else "")
        raise StepError(message) from None


async def _fill(locator: Locator, content: object, selector: str) -> None:
    kind = await locator.evaluate(_KIND)
    if not kind:
        message = f"'{selector}' is no field that can be filled in"
        raise StepError(message)
    text = ("false", "true")[content] if isinstance(content, bool) else str(content)
    try:
        if kind in ("input checkbox", "input radio"):
            await locator.set_checked(content is True or text == "true", timeout=_FIND * 1000)
        elif kind.startswith("select"):
            await _select(locator, text, selector)
        else:
            await locator.fill(text, timeout=_FIND * 1000)
    except PlaywrightError as error:
        why = await locator.evaluate(_COVER)
        message = f"'{selector}' cannot be filled in: {why or _reason(error)}"
        raise StepError(message) from None


async def _select(locator: Locator, text: str, selector: str) -> None:
    options = await locator.evaluate("(e) => [...e.options].map((o) => [o.value, o.label])")
    values, labels = [option[0] for option in options], [option[1] for option in options]
    by = "value" if text in values else "label"
    if text not in (*values, *labels):
        message = f"'{selector}' has no option '{text}'"
        raise StepError(message, (f"options: {_some(values)}",))
    await locator.select_option(**{by: text}, timeout=_FIND * 1000)  # type: ignore[arg-type]


async def _submit(locator: Locator, tab: Tab, selector: str) -> None:
    said = await locator.evaluate(_SUBMIT)
    if said == "no form":
        message = f"'{selector}' is no form, and in none"
        raise StepError(message)
    if said:
        tab.journal.note(f"the browser did not send the form {selector}: {said}")


async def _scroll(tab: Tab, to: str) -> None:
    if found := _DEPTH.fullmatch(to):
        await tab.run(_SCROLL, [float(found[1]), found[2]])
    else:
        await (await _element(tab, to)).scroll_into_view_if_needed(timeout=_FIND * 1000)
    await tab.run(_DRAWN)


async def _wait(tab: Tab, what: str, limit: float) -> None:
    if found := _TIME.fullmatch(what):
        seconds = float(found[1]) / (1000 if found[2] == "ms" else 1)
        await tab.page.wait_for_timeout(seconds * 1000)
        return
    try:
        await tab.page.locator(f"css={what}").first.wait_for(timeout=limit * 1000)
    except TooLateError:
        raise await _missing(tab, what) from None
