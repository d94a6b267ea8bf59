"""Steps that several journeys take."""

from axe_playwright_python.sync_playwright import Axe

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


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
