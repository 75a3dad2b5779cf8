"""A shop's pages, looked at before a plan is relied on: what is there, and what can be detected.

``browse`` opens pages and gives ``facts``; everything after that judges facts, without a browser.
"""
