"""Write anew what containers become: ``python -m tests.adopt.regenerate``, then ``git diff``."""

from tests.adopt.test_adopt import CONTAINERS, adopted

for path in CONTAINERS:
    path.with_suffix(".out").write_text(adopted(path), "utf-8")
