"""What is to happen on the site, in words of no destination: the value between plan and output."""
