"""GTM containers: their vocabulary, reading and checking them, writing them."""
