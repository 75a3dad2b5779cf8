"""The tests say themselves when they play CI: what is printed depends on these."""

import os

for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "FORCE_COLOR", "NO_COLOR"):
    os.environ.pop(name, None)
