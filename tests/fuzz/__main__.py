"""``python -m tests.fuzz 20000``: many files of all kinds, and what came of them.

Prints the seed; with ``--seed`` the same files come again. ``--keep FOLDER`` keeps those that
fail. ``--kind scripts`` draws one kind only.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.inputs import KINDS, Given
from tests.fuzz.judge import SECONDS, HangError, judged

BATCH = 500
_SLOWEST = 5


class Failure(NamedTuple):
    """An input that failed: why, and in which line of tagkit or of the judge."""

    why: str
    given: Given


class Outcome(NamedTuple):
    """Of a batch: how many files, what they were, what failed, which were the slowest."""

    kind: str
    inputs: int
    built: int
    clean: int
    codes: Counter[str]
    failures: list[Failure]
    slowest: list[tuple[float, Given]]
    digest: str


def main() -> int:
    """Draw, judge, print; 1 when anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("inputs", type=int, nargs="?", default=2000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--jobs", type=int)
    said = parser.parse_args()
    print(f"seed {said.seed}", flush=True)
    batches = list(_batches(said.inputs, said.seed, [said.kind] if said.kind else list(KINDS)))
    with ProcessPoolExecutor(said.jobs) as pool:
        outcomes = list(pool.map(_run, batches))
    _print(outcomes)
    failures = [failure for outcome in outcomes for failure in outcome.failures]
    if said.keep:
        _keep(said.keep, failures, [one for outcome in outcomes for one in outcome.slowest])
    return 1 if failures else 0


def _batches(inputs: int, number: int, kinds: list[str]) -> list[tuple[str, int, int]]:
    """Kind, how many, and a seed of its own: so the batches may run side by side."""
    whole = sum(KINDS[kind][1] for kind in kinds)
    made = []
    for kind in kinds:
        wanted = round(inputs * KINDS[kind][1] / whole)
        for first in range(0, wanted, BATCH):
            own = crc32(f"{number} {kind} {first}".encode())
            made.append((kind, min(BATCH, wanted - first), own))
    return made


def _run(batch: tuple[str, int, int]) -> Outcome:
    kind, count, number = batch
    seen = Outcome(kind, 0, 0, 0, Counter(), [], [], "")
    inputs = built = clean = 0
    digest = sha256()
    slowest: list[tuple[float, Given]] = []
    with tempfile.TemporaryDirectory() as folder:

        @seed(number)
        @settings(
            deadline=None,
            max_examples=count,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(KINDS[kind][0])
        def one(file: Given) -> None:
            nonlocal inputs, built, clean, slowest
            inputs += 1
            try:
                came = judged(file, Path(folder))
            except Exception as error:  # noqa: BLE001 # what is found is counted, and the next drawn
                seen.failures.append(Failure(_why(error), file))
                return
            if came.seconds > SECONDS:
                seen.failures.append(Failure(f"it took {came.seconds:.1f} s", file))
            digest.update(repr(came.diagnostics).encode(errors="replace"))
            seen.codes.update({d.rule.code for d in came.diagnostics})
            built += came.built
            clean += not came.diagnostics
            slowest = sorted([*slowest, (came.seconds, file)], key=lambda s: -s[0])[:_SLOWEST]

        one()
    return seen._replace(
        inputs=inputs, built=built, clean=clean, slowest=slowest, digest=digest.hexdigest()
    )


def _why(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = (
        [f for f in frames if "/tagkit/" in f.filename] if isinstance(error, HangError) else frames
    )
    at = (ours or frames)[-1]
    said = re.sub(r"(.)\1{9,}", r"\1…", str(error))
    return f"{type(error).__name__} in {Path(at.filename).name}:{at.lineno} {ascii(said)[:300]}"


def _print(outcomes: list[Outcome]) -> None:
    print(f"{'kind':<26}{'inputs':>8}{'clean':>8}{'built':>8}{'failed':>8}{'rules':>8}  slowest")
    for kind in KINDS:
        mine = [outcome for outcome in outcomes if outcome.kind == kind]
        slowest = max((s for o in mine for s, _ in o.slowest), default=0.0)
        rules = {code for outcome in mine for code in outcome.codes}
        counts = (
            sum(o.inputs for o in mine), sum(o.clean for o in mine), sum(o.built for o in mine),
            sum(len(o.failures) for o in mine), len(rules),
        )  # fmt: skip
        print(f"{kind:<26}" + "".join(f"{n:>8}" for n in counts) + f"  {slowest:.2f} s")
    rules = {code for outcome in outcomes for code in outcome.codes}
    digest = sha256("".join(outcome.digest for outcome in outcomes).encode()).hexdigest()
    print(
        f"{sum(o.inputs for o in outcomes)} inputs, {len(rules)} rules spoke, digest {digest[:16]}"
    )
    reasons = Counter(f.why for outcome in outcomes for f in outcome.failures)
    for why, count in reasons.most_common(40):
        print(f"{count:>6} {why}")


def _keep(folder: Path, failures: list[Failure], slow: list[tuple[float, Given]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, failure in enumerate(failures):
        path = folder / f"{number:04}{failure.given.suffix}"
        path.write_bytes(failure.given.raw)
        path.with_name(f"{path.name}.why").write_text(failure.why, "utf-8", errors="replace")
    for number, (seconds, file) in enumerate(sorted(slow, key=lambda s: -s[0])[:_SLOWEST]):
        (folder / f"slow-{number}-{seconds:.2f}{file.suffix}").write_bytes(file.raw)


if __name__ == "__main__":
    sys.exit(main())
