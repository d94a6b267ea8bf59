"""Retiring an item with a pointer: it stays at its address, and says that nobody should rely on it any more."""
