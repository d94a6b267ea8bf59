"""Steps that several journeys take."""

import re
import time

from axe_playwright_python.sync_playwright import Axe
from django.utils import translation

PASSWORD = "correct horse battery"
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    # Every rule looks at everything all the same; but what passes is not written down, element by element.
    "resultTypes": ["violations"],
}


def assert_accessible(page) -> None:
    """No violation of WCAG 2.2 AA that a machine can find."""
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


def tab_to(page, target, *, most: int = 250) -> None:
    """Press Tab until the focus is there: by keyboard alone, as some people must."""
    target.wait_for()
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached by keyboard")


def sign_in(page, demo, role: str) -> None:
    """Sign in, on the way to the editor."""
    email, password = demo.logins[role]
    page.goto(f"{demo.url}/admin/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/admin/")


def sign_in_on_the_site(page, demo, role: str, language: str = "en") -> None:
    """Sign in as somebody of the demo who has no business in the editor."""
    email, password = demo.logins[role]
    page.goto(f"{demo.url}/{language}/account/login/")
    page.get_by_label(say(language, "E-mail address")).fill(email)
    page.get_by_label(say(language, "Password"), exact=True).fill(password)
    page.get_by_role("button", name=say(language, "Sign in"), exact=True).click()
    page.wait_for_url(lambda address: "/account/login/" not in address)


def edit_in(demo, role: str, language: str) -> None:
    """Somebody of the demo chooses the language of the editor."""
    demo.shell(
        "from wagtail.users.models import UserProfile\n"
        "from members.models import Person\n"
        f"person = Person.objects.get(email={demo.logins[role][0]!r})\n"
        f"UserProfile.objects.update_or_create(user=person, defaults={{'preferred_language': {language!r}}})"
    )


def say(language: str, text: str, **words) -> str:
    """A text of the interface, as a reader of this language sees it."""
    with translation.override(language):
        return translation.gettext(text) % words if words else translation.gettext(text)


def make_person(demo, email: str, **names: str) -> None:
    """Somebody who has signed up a while ago."""
    fields = {"first_name": "Sam", "last_name": "Sample", **names}
    demo.shell(
        "from members.models import Person\n"
        f"Person.objects.filter(email={email!r}).delete()\n"
        f"Person.objects.create_user({email!r}, {PASSWORD!r}, **{fields!r})"
    )


def sign_in_with_password(page, url: str, email: str, language: str = "en") -> None:
    """Fill in the form, and arrive."""
    page.goto(f"{url}/{language}/account/login/")
    page.get_by_label(say(language, "E-mail address")).fill(email)
    page.get_by_label(say(language, "Password"), exact=True).fill(PASSWORD)
    page.get_by_role("button", name=say(language, "Sign in"), exact=True).click()


def text_of(mail) -> str:
    """What a mail says to somebody who reads plain text."""
    return mail.get_body(("plain",)).get_content()


def link_in_mail(demo, email: str, words: str) -> str:
    """The address in the newest mail to somebody that has these words in it."""
    for _ in range(50):
        for mail in reversed(demo.mails()):
            found = re.search(rf"https?://\S*{words}\S*", text_of(mail))
            if mail["To"] == email and found:
                return found[0]
        time.sleep(0.1)
    raise AssertionError(f"no mail to {email} with {words}")
