"""Review as a conversation: comments on fields, changes asked for, decisions."""
