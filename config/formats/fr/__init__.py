"""French as it is read in Canada."""
