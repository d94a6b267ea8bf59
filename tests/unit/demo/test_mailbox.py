"""The demo's mailbox: what would have been sent, for whoever tries the demo."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")

    def send(subject, text, html=""):
        mail = EmailMultiAlternatives(subject, text, "site@example.org", ["kim@example.org"])
        if html:
            mail.attach_alternative(html, "text/html")
        mail.connection = get_connection("django.core.mail.backends.filebased.EmailBackend")
        mail.send()

    return send


def test_mailbox_shows_what_would_have_been_sent(client, index, send):
    assert "No mail yet" in client.get("/en/demo/mail/").content.decode()
    send("First", "One.")
    send(
        "Bienvenue à Whitby",
        "Follow https://example.org/en/x/?a=1&b=2\n\n<script>alert(1)</script>",
        "<p>no</p>",
    )
    listed = client.get("/en/demo/mail/").content.decode()
    assert listed.index("Bienvenue à Whitby") < listed.index("First")
    text = client.get("/en/demo/mail/2/").content.decode()
    assert 'href="https://example.org/en/x/?a=1&amp;b=2"' in text
    assert "<script>alert(1)" not in text
    assert "kim@example.org" in text
    assert client.get("/fr/demo/mail/1/").status_code == 200


def test_mail_that_is_not_there_is_not_found(client, index, send):
    assert client.get("/en/demo/mail/7/").status_code == 404
