"""Working groups: people from several municipalities around a region or a topic."""
