"""Form vendors speak by jQuery, of whatever age, whenever it comes."""

from __future__ import annotations

import os

import pytest
from listener_scenes import ask_form, contact
from listener_stage import LISTENERS, ROOT, Scene, Stage

pytestmark = pytest.mark.browser

MODULES = ROOT / ".cache/yaml-language-server/node_modules"
VERSIONS = {"3.7.1": "jquery", "1.12.4": "jquery1"}
SPEAKS = {
    "elementor": ("class=elementor-form", "jQuery(form).trigger('submit_success', {})"),
    "wpforms": ("class=wpforms-ajax-form", "jQuery(form).trigger('wpformsAjaxSubmitSuccess', {})"),
    "gravity": ("", "jQuery(document).trigger('gform_confirmation_loaded', [4])"),
}


def jquery(version: str) -> str:
    """The library; without it the tests are left out, but not in CI."""
    path = MODULES / VERSIONS[version] / "dist/jquery.min.js"
    if path.exists():
        return path.read_text("utf-8")
    reason = "jQuery is not there; tests/run installs it"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.mark.parametrize("vendor", SPEAKS)
@pytest.mark.parametrize("when", ["before", "after", "late"])
@pytest.mark.parametrize("version", VERSIONS)
def test_a_vendor_speaks(stage: Stage, version: str, when: str, vendor: str) -> None:
    attrs, speak = SPEAKS[vendor]
    library = jquery(version)
    form = ask_form(f"id=ask {attrs}", "<input type=hidden name=gform_ajax>")
    tag = f"<script>{library}</script>"
    scene = Scene(
        f"{vendor}, jQuery {version} {when}",
        [contact(form_id="gform_4" if vendor == "gravity" else "ask", method=vendor)],
        form + (tag if when == "after" else ""),
        [
            *([("wait", 5000), ("js", library), ("wait", 1000)] if when == "late" else []),
            ("js", f"form = document.forms[0]; {speak}"),
        ],
        head=tag if when == "before" else "",
    )
    outcome = stage.play(scene, *LISTENERS)

    assert (outcome.ours, outcome.errors) == (scene.expect, [])
