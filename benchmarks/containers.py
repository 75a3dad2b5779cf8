"""Containers to measure with, made from our own: one with mistakes of many kinds, one of scripts.

They get and give the data of an export.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Data = dict[str, Any]

# Every second tag gets one of these, round and round, the others one of their parameters'.
TAGS: tuple[Data, ...] = (
    {"firingTriggerId": ["999999"]},
    {"paused": True},
    {"type": "gawee"},
    {"name": "TK - one name"},
    {"parentFolderId": "999999"},
    {"setupTag": [{"tagName": "Nobody"}]},
    {"tagFiringOption": "oncePerEvent"},
    {"tagId": 17},
    {"nmae": "x"},
    {"consentSettings": {"consentStatus": "NEEDED"}},
)
PARAMETERS = {
    "eventName": ("Add To Cart!", "session_start", "{{Nobody}}", "purchase", "a" * 50),
    "html": (
        "<script>const all = () => 1;</script>",
        "<script>fbq('track', 'purchase', {value: '1,00', currency: 'zl'});</script>",
        "<script>fbq('tracks', 'Lead', {email: '{{Nobody}}'});</script>",
        "<script>function () { (</script>",
        "no script at all",
    ),
}
CONDITIONS = (
    ("MATCH_REGEX", "(one"),
    ("MATCH_REGEX", ".*"),
    ("equals", "gtm.click"),
    ("EQUALS", "{{Nobody}}"),
    ("GREATER", "much"),
)


def broken(data: Data) -> Data:
    """Each tag and each trigger with a mistake."""
    data = deepcopy(data)
    version = data["containerVersion"]
    for index, tag in enumerate(version["tag"]):
        turn = index // 2
        if index % 2:
            tag.update(deepcopy(TAGS[turn % len(TAGS)]))
            continue
        for parameter in tag["parameter"]:
            if mistakes := PARAMETERS.get(parameter["key"]):
                parameter["value"] = mistakes[turn % len(mistakes)]
    for index, trigger in enumerate(version["trigger"]):
        for condition in trigger.get("customEventFilter", ()):
            condition["type"], said = CONDITIONS[index % len(CONDITIONS)]
            condition["parameter"][1]["value"] = said
    return data


def scripted(data: Data, scripts: Iterable[str]) -> Data:
    """A Custom HTML tag and a Custom JavaScript variable for each script, and no other."""
    data = deepcopy(data)
    version = data["containerVersion"]
    example_tag, example_variable = version["tag"][0], version["variable"][0]
    version["tag"], version["variable"] = [], []
    for index, html in enumerate(scripts):
        name = f"Script {index}"
        code = html.partition("<script>")[2].rpartition("</script>")[0].replace("tagkit", name)
        told = {"type": "TEMPLATE", "key": "javascript", "value": f"function () {{ {code} }}"}
        said = {"type": "TEMPLATE", "key": "html", "value": f"{html}<!-- {{{{{name}}}}} -->"}
        version["tag"].append(
            {
                **example_tag,
                "tagId": str(index + 1),
                "name": name,
                "type": "html",
                "parameter": [said],
            }
        )
        version["variable"].append(
            {**example_variable, "variableId": str(index + 1), "name": name, "type": "jsm",
             "parameter": [told]}
        )  # fmt: skip
    return data
