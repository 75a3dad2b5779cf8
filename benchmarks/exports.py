"""Exports for measuring, of any size."""

from __future__ import annotations

import json
from typing import Any


def export(entities: int) -> str:
    """A web container: a third each of tags, triggers and variables that refer to each other."""
    each = entities // 3
    ids = {"accountId": "1", "containerId": "2"}
    kinds: dict[str, list[dict[str, Any]]] = {"tag": [], "trigger": [], "variable": []}
    for number in range(1, each + 1):
        html = {"type": "TEMPLATE", "key": "html", "value": f"<i>{{{{Variable {number}}}}}</i>"}
        fires = [str(each + number)]
        tag = {"tagId": str(number), "name": f"Tag {number}", "type": "html", "parameter": [html]}
        kinds["tag"].append({**ids, **tag, "firingTriggerId": fires})
        trigger = {"triggerId": fires[0], "name": f"Trigger {number}", "type": "DOM_READY"}
        kinds["trigger"].append({**ids, **trigger})
        variable = {"variableId": str(2 * each + number), "name": f"Variable {number}"}
        kinds["variable"].append({**ids, **variable, "type": "j"})
    block = {**ids, "name": "Large", "publicId": "GTM-LARGE12", "usageContext": ["WEB"]}
    version = {**ids, "containerVersionId": "0", "container": block, **kinds}
    whole = {"exportFormatVersion": 2, "exportTime": "2026-01-15 10:00:00"}
    return json.dumps({**whole, "containerVersion": version}, indent=1)
