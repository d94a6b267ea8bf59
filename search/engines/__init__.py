"""The engines behind the one door. Nothing outside `search/` imports from here."""
