"""A plan that passes, one with a warning, one with an error."""

GOOD = """\
tagkit: 1
business: {name: Tea, currency: PLN}
google_analytics: {measurement_id: G-1A2B3C4D5E}
micro_conversions: [add_to_cart]
"""
MILD = GOOD.replace("G-1A2B3C4D5E}", "G-1A2B3C4D5E}\nanti_conversions: [share]")
BAD = GOOD.replace("add_to_cart", "add_to_kart")
