"""The frame of a custom pixel is looked at in the browser of tests/browser."""

from tests.browser.conftest import chromium

__all__ = ["chromium"]
