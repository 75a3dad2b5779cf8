"""Whose data a variable gives: a visitor's, or the site's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tagkit.gtm.container import Entity

# What was clicked is the site's own: a mailto link has the address of the business.
_OF_THE_PAGE = re.compile(r"(?:Click|Page|Form|Referrer|Container|Event|HTML|Random)\b.*")
_OF_A_LINK = re.compile(r"\{\{Click |\[href[*^]?=['\"]?(?:tel|mailto):")


def is_of_the_site(name: str, variable: Entity | None) -> bool:
    """Whether what the variable gives was on the page before the visitor came, or is yes or no."""
    if variable is None:
        return _OF_THE_PAGE.fullmatch(name) is not None
    if variable.type == "aev":
        return True
    code = variable.parameter("javascript")
    if variable.type != "jsm" or code is None:
        return False
    yes_or_no = "return true;" in code.value and "return false;" in code.value
    return yes_or_no or _OF_A_LINK.search(code.value) is not None
