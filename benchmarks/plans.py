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
MISTAKES = (
    "google_analytics: {{event: 'Add To Cart {i}'}}",
    "parameters: {{email: {{data_layer: user.email}}}}",
    "where: {{click_element: {{css: '.a:nth-child(3) > div > div > div > span'}}}}",
    "where: {{page_path: 'thanks'}}",
    "where: {{page_url: {{matches: 'shop.example/{i}?b'}}}}",
    "google_analytics: {{event: purchase}}",
    "parameters: {{value: a lot, currency: pln}}",
    "meta_pixel: {{event: Purchase}}",
    "google_analytics: false\n    meta_pixel: false",
)
MISTAKEN = """  - id: conversion_{i}
    trigger: {{event: event_{i}}}
"""


def plan(conversions: int) -> str:
    """A plan with that many conversions."""
    return HEAD + "".join(ENTRY.format(i=i) for i in range(conversions))


def mistaken_plan(conversions: int) -> str:
    """The same, with something to be said of each conversion."""
    lines = (f"{MISTAKEN}    {MISTAKES[i % len(MISTAKES)]}\n" for i in range(conversions))
    return HEAD + "".join(line.format(i=i) for i, line in enumerate(lines))
