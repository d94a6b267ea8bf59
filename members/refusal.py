"""An action that is not done, with the reason in words for whoever asked."""


class Refused(Exception):
    """What was asked can't be done; the message says why and what to do instead."""
