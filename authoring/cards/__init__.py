"""The cards of a case study: what each asks, where it puts the answers."""
