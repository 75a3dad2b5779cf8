"""What is different between two containers, by meaning; what it does to measurement, first."""
