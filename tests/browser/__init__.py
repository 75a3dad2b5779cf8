"""Containers and snippets, run in a real Chromium."""
