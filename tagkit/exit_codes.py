"""How a command ends: clean · something found, or different · called wrongly · our own fault."""

CLEAN, FINDINGS, USAGE, FAILURE = 0, 1, 2, 3
