"""The panel in a browser, and the shop in its frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, FrameLocator, Locator

    from .client import Client

EXPECTED = (
    "can escape its sandboxing",  # the frame is to keep the shop in it, not to keep it from us
    "404 (Not Found)",
    "500 (Internal Server Error)",
    "502 (Bad Gateway)",
    "Content Security Policy",
    # of a shop that wants to break out of the frame
    "Unsafe attempt to initiate navigation",
    "permission to navigate the target frame",
)


class Panel:
    def __init__(self, browser: Browser, client: Client, **options: Any) -> None:
        options = {"viewport": {"width": 1280, "height": 800}, **options}
        self.client = client
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.context = browser.new_context(**options)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=client.origin)
        self.context.on("console", self._hear)
        self.context.on("weberror", lambda error: self._complain(str(error.error)))
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.page = self.context.new_page()
        self.page.goto(f"{client.origin}/__tagkit__/")
        expect(self.page.locator(".conversion").first).to_be_visible()
        self.page.wait_for_function(
            "() => frames['tagkit-shop'].document.readyState === 'complete'"
        )
        expect(self.page.locator("#tab-log .count")).not_to_have_text("0")

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._complain(message.text)

    def _complain(self, text: str) -> None:
        if not any(known in text for known in EXPECTED):
            self.complaints.append(text)

    @property
    def shop(self) -> FrameLocator:
        return self.page.frame_locator("#frame")

    def conversion(self, name: str) -> Locator:
        return self.page.locator(".conversion", has_text=name)

    def fired(self, name: str, times: int = 1) -> None:
        word = "fired \u00b7" if times == 1 else f"fired {times}\u00d7"
        expect(self.conversion(name).locator(".state")).to_contain_text(word)

    def not_fired(self, *names: str) -> None:
        for name in names:
            expect(self.conversion(name).locator(".state")).to_have_text("not yet")

    def go(self, address: str) -> None:
        self.page.fill("#address", address)
        self.page.press("#address", "Enter")
        self.at(address.removeprefix(self.client.origin))

    def at(self, address: str) -> None:
        """The frame has got there, and its page has told all that loading makes happen."""
        self.page.wait_for_function(
            "address => { try { const { location, document } = frames['tagkit-shop'];"
            " return location.pathname + location.search === address"
            " && document.readyState === 'complete'; } catch { return false; } }",
            arg=address,
        )
        expect(self.page.locator("#own")).to_have_attribute("href", self.client.origin + address)

    def tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).click()

    def event(self, name: str) -> Locator:
        return self.page.locator(f'#events .event:has(> details > summary code:text-is("{name}"))')
