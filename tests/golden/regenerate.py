"""``python -m tests.golden.regenerate``: take what tagkit says and builds now as right.

Then read ``git diff tests`` with care: these files are what users get.
"""

from tests.golden.golden_files import regenerate

if __name__ == "__main__":
    regenerate()
