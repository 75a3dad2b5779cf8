"""What GA4 accepts, keeps for itself, and drops: facts that plans and containers share."""
