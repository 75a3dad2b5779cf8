"""Recorded traffic, judged by a plan: what fired, what breaks the contract, what nobody knows.

A recording is a data layer (JSON lines, or the array as copied from a console) or a HAR file.
``command.replay`` reads one and says what is to be said; nothing here needs a browser.
"""
