"""Sources and conditions -> JavaScript expressions for pages without GTM."""

from __future__ import annotations

import re

from tagkit.program.bodies import READS_NUMBERS, body_of
from tagkit.rendering import js, render
from tagkit.values import (
    BuiltIn,
    Condition,
    Cookie,
    DataLayer,
    Ecommerce,
    EventId,
    Formatted,
    Global,
    Gtm,
    JavaScript,
    Literal,
    Lookup,
    Named,
    Op,
    Pushed,
    Source,
    ToNumber,
    Url,
)

_BUILT_INS = {
    "page_url": "tk.url('full')",
    "page_hostname": "tk.url('host')",
    "page_path": "tk.url('path')",
    "page_referrer": "d.referrer",
    "event": "tk.event",
    "click_element": "tk.auto.element",
    "form_element": "tk.auto.element",
    "error_message": "tk.auto.message",
    "error_url": "tk.auto.url",
    "error_line": "tk.auto.line",
    "new_history_fragment": "tk.auto.fragment",
    "history_source": "tk.auto.source",
    "scroll_depth_threshold": "tk.auto.threshold",
    "scroll_depth_units": "tk.auto.units",
    "scroll_direction": "tk.auto.direction",
    "percent_visible": "tk.auto.ratio",
    "on_screen_duration": "tk.auto.time",
    "video_provider": "tk.auto.provider",
    "video_url": "tk.auto.url",
    "video_title": "tk.auto.title",
    "video_duration": "tk.auto.duration",
    "video_percent": "tk.auto.percent",
    "video_status": "tk.auto.status",
    "video_current_time": "tk.auto.current",
    "random_number": "Math.floor(Math.random() * 2147483647)",
}
_OF_ELEMENT = {
    "text": "tk.text(tk.auto.element)",
    "url": "tk.address(tk.auto.element)",
    "id": "(tk.auto.element && tk.auto.element.getAttribute('id'))",
    "classes": "(tk.auto.element && tk.auto.element.getAttribute('class'))",
    "target": "(tk.auto.element && tk.auto.element.getAttribute('target'))",
}

_TAGS = re.compile(r"<(/script|!--)", re.IGNORECASE)


class Expressions:
    """Expressions for one snippet, and the functions they call."""

    def __init__(self) -> None:
        self.functions: dict[str, str] = {}
        self._named: dict[str, str] = {}

    def of(self, source: Source) -> str:
        """An expression that gives the source's value; undefined for what only GTM knows."""
        match source:
            case Literal(value=value):
                return js(value)
            case DataLayer(key=key, version=version):
                return f"tk.layer({js(key)}, {version})"
            case Pushed(key=key):
                return f"tk.pushed({js(key)})"
            case Named(source=inner):
                return self.of(inner)
            case BuiltIn(name=name):
                return _built_in(name)
            case Url(part=part, key=key, of=of):
                address = f", {self.of(of)}" if of else ""
                return f"tk.url({js(part)}, {js(key)}{address})"
            case Cookie(name=name, decode=decode):
                return f"tk.cookie({js(name)}, {js(decode)})"
            case Global(path=path):
                return f"tk.global({js(path.removeprefix('window.'))})"
            case JavaScript(code=code):
                return "undefined" if "{{" in code else f"({_in_script(code)}\n)()"
            case Gtm():
                return "undefined"
            case EventId():
                return "tk.eventId(event)"
            case Lookup():
                return self._lookup(source)
            case Formatted(source=inner):
                texts = {
                    "null": source.null_as,
                    "undefined": source.undefined_as,
                    "true": source.true_as,
                    "false": source.false_as,
                }
                replaced = [(test, said) for test, said in texts.items() if said is not None]
                made = self._function("formatted", {"replaced": replaced, "case": source.case})
                return f"{made}({self.of(inner)})"
            case Ecommerce(of=items) if items is not None:
                made = self._function(f"ecommerce_{source.field}", {})
                return f"{made}({{items: {self.of(items)}}})"
        name, over, values = body_of(source)
        return f"{self._function(name, dict(values))}({self.of(over) if over is not None else ''})"

    def holds(self, condition: Condition) -> str:
        """An expression that is true when the condition holds, as GTM's runtime compares."""
        subject, value = self.of(condition.subject), js(condition.value)
        if condition.refers:
            value = f"String({self.of(Gtm(condition.value))})"
        text = f"String({subject})"
        match condition.op:
            case Op.EQUALS:
                said = f"{text} === {value}"
            case Op.CONTAINS:
                said = f"{text}.indexOf({value}) > -1"
            case Op.STARTS_WITH:
                said = f"{text}.indexOf({value}) === 0"
            case Op.ENDS_WITH:
                said = f"{text}.slice(-{value}.length) === {value}"
            case Op.MATCHES:
                flags = ", 'i'" if condition.ignore_case else ""
                said = f"new RegExp({value}{flags}).test({text})"
            case Op.CSS:
                said = f"tk.matches({subject}, {value})"
            case Op.GREATER:
                said = f"Number({subject}) > Number({value})"
            case Op.GREATER_OR_EQUAL:
                said = f"Number({subject}) >= Number({value})"
            case Op.LESS:
                said = f"Number({subject}) < Number({value})"
            case _:
                said = f"Number({subject}) <= Number({value})"
        return f"!({said})" if condition.negate else said

    def _lookup(self, lookup: Lookup) -> str:
        default = self.of(lookup.default) if lookup.default else "undefined"
        tests = []
        for key, row in lookup.rows:
            if lookup.regex:
                pattern = f"^(?:{key})$" if lookup.full_match else key
                flags = "gi" if lookup.ignore_case else "g"
                made = f"new RegExp({js(pattern)}, {js(flags)})"
                result = f"v.replace({made}, {self.of(row)})" if lookup.replace else self.of(row)
                tests.append(f"  if ({made}.test(v)) {{ return {result}; }}")
            else:
                tests.append(f"  if (v === {js(key)}) {{ return {self.of(row)}; }}")
        body = "\n".join([*tests, f"  return {default};"])
        name = self._defined("lookup", f"function (v) {{\n  v = String(v);\n{body}\n}}")
        return f"{name}({self.of(lookup.source)})"

    def _function(self, name: str, settings: dict[str, object]) -> str:
        body = render(f"values/{name}.js.j2", **settings)
        if name in READS_NUMBERS:
            body = f"  var toNumber = {self.of(ToNumber())};\n{body}"
        return self._defined(name, f"function (v) {{\n{body}\n}}")

    def _defined(self, name: str, code: str) -> str:
        name = f"make_{name}"  # the runtime has names of its own
        if code not in self._named:
            used = sum(1 for known in self.functions if re.fullmatch(rf"{name}_?\d*", known))
            self._named[code] = f"{name}_{used + 1}" if used else name
            self.functions[self._named[code]] = code
        return self._named[code]


def _in_script(code: str) -> str:
    """The author's function; ``</script>`` in one of its texts does not end the snippet."""
    return _TAGS.sub(r"<\\\1", code.strip().rstrip(";"))


def _built_in(name: str) -> str:
    about, _, field = name.partition("_")
    if about in ("click", "form") and field in _OF_ELEMENT:
        return _OF_ELEMENT[field]
    return _BUILT_INS.get(name, "undefined")
