"""How fast it is: ratios to ``python -c pass``, measured in one run."""
