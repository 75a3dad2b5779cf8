"""All conversions for one platform stay under 60 KB of HTML and JavaScript."""

from __future__ import annotations

import pytest

from tests.platforms.sites import container

LIMIT = 60_000


@pytest.mark.parametrize("platform", ["generic", "prestashop", "woocommerce", "magento", "shopify"])
def test_all_conversions_have_room(platform: str) -> None:
    version = container(platform)["containerVersion"]
    code = [
        parameter["value"]
        for entity in (*version["tag"], *version["variable"])
        for parameter in entity.get("parameter", ())
        if parameter["key"] in {"html", "javascript"}
    ]
    assert 20_000 < sum(len(one.encode()) for one in code) < LIMIT
