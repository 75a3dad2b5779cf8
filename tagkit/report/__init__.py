"""Diagnostics -> text, one file per format. Reporters are pure: they print nothing themselves."""
