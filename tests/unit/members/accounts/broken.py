"""A mail server that is down."""

from django.core.mail.backends.base import BaseEmailBackend


class Backend(BaseEmailBackend):
    """Refuses every connection."""

    def send_messages(self, messages):
        raise ConnectionRefusedError
