"""Plans to measure with: conversions for GA4 and Meta, as an agency would write them."""

from __future__ import annotations

HEAD = """tagkit: 1
business: {name: Benchmark, url: https://shop.example, currency: PLN}
google_analytics: {measurement_id: G-1A2B3C4D5E}
meta_pixel: {pixel_id: "1234567890123456"}
micro_conversions:
"""
ENTRY = """  - id: conversion_{i}
    name: Conversion {i}
    trigger: {{event: event_{i}}}
    parameters:
      item: {{data_layer: item.name}}
      count: {{data_layer: item.count, type: number}}
"""


def plan(conversions: int) -> str:
    """A plan with that many conversions."""
    return HEAD + "".join(ENTRY.format(i=i) for i in range(conversions))
