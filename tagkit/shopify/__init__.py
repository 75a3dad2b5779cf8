"""What a Shopify shop gets beside the container."""
