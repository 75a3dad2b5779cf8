"""The judge's table over a folder of exports: ``python -m tests.adopt FOLDER``."""

import json
import sys
from pathlib import Path

from tests.adopt.judging import judge, table

verdicts = []
for path in sorted(Path(sys.argv[1]).glob("*.json")):
    found = judge(json.loads(path.read_text("utf-8")))[1]
    verdicts += found
    for verdict in found:
        if verdict.differs:
            print(f"{path.name}: {verdict.tag}: {', '.join(verdict.differs)}")  # noqa: T201
print(table(verdicts))  # noqa: T201
