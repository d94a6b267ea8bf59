"""Writing an item on the site: five fields first, the rest as cards that save themselves."""
