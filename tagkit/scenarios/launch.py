"""Start the browser that was asked for, or say why it does not start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import Error as PlaywrightError

from tagkit.scenarios.browser import NoBrowserError, choose

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright

    from tagkit.scenarios.options import Options


async def launch(playwright: Playwright, options: Options) -> Browser:
    """The browser, running. Raises NoBrowserError."""
    families = {name: getattr(playwright, name) for name in ("chromium", "firefox", "webkit")}
    chosen = choose(
        options.browser, lambda family: families[family].executable_path, headed=options.headed
    )
    try:
        return await families[chosen.family].launch(  # type: ignore[no-any-return]
            headless=not options.headed,
            slow_mo=options.slow * 1000,
            **chosen.options,
        )
    except PlaywrightError as error:
        lines = [line.strip() for line in error.message.splitlines() if line.strip()]
        message = f"the browser does not start: {lines[-1] if lines else 'no reason is given'}"
        raise NoBrowserError(message) from None
