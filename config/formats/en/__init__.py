"""English as it is read in Canada."""
