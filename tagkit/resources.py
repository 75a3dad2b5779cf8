"""Where the data is: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
_HOME = _PACKAGE if (_PACKAGE / "schemas").is_dir() else _PACKAGE.parent

SCHEMAS = _HOME / "schemas"
TEMPLATES = _HOME / "templates"
CATALOG = _PACKAGE / "catalog"
