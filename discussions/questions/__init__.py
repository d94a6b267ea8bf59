"""Questions to peers: asking, routing, answering, accepting, and those that nobody answers."""
