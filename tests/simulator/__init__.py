"""The simulator against what Google's runtime was measured to do."""
