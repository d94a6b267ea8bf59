"""Published editions of an item: what changed, why, and side by side."""
