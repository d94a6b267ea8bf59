"""Outbound links of items: which there are, whether they still lead somewhere. Off unless `LINK_CHECK` is on."""
