"""Meta Pixel: its events, and the snippets for sites without GTM."""
