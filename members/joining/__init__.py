"""How people come to belong to a municipality: by its domain, by a person's decision, by invitation."""
