"""python -m tests.simulator FOLDER…: what the simulator makes of the containers there."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tagkit.simulator import simulator
from tests.browser.harness import launch
from tests.simulator.corpus import HEAD, containers, line, run


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(folders: list[str]) -> int:
    outcomes = []
    say(HEAD)
    with sync_playwright() as manager:
        browser = launch(manager)
        for folder in folders:
            for name, data in containers(Path(folder)):
                outcome = run(browser, name, data, simulator())
                outcomes.append(outcome)
                say(line(outcome))
                for problem in outcome.uncaught + outcome.left:
                    say(f"    {problem}")
        browser.close()
    known = sum(outcome.known for outcome in outcomes)
    uncovered = sum(len(outcome.uncovered_known) for outcome in outcomes)
    say(
        f"{len(outcomes)} containers, {sum(bool(o.uncaught) for o in outcomes)} with an uncaught "
        f"error; {uncovered} of {known} entities of known types uncovered "
        f"({100 * uncovered / max(known, 1):.2f} %)"
    )
    return int(any(outcome.uncaught or outcome.left for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["../shared/corpus/exports"]))
