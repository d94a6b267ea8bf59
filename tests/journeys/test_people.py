"""Find a colleague who can help and write to them; narrow an audience; read who did what."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible, edit_in, say, sign_in, text_of

COLLEAGUE = """
from library.models import ServiceArea
from library.people import actions
from members.models import MunicipalityPage, Person
town = MunicipalityPage.objects.get(slug="township-of-demoville-fictional")
area = ServiceArea.objects.get(slug="winter-maintenance")
sam, made = Person.objects.get_or_create(
    email="sam.salt@demoville.example",
    defaults=dict(first_name="Sam", last_name="Salt", job_title="Roads supervisor", municipality=town),
)
actions.offer(by=sam, about="Brine before the storm.", languages=["en", "fr"], can_help=[area], works_in=[area])
"""
ITEM = """
from casestudies.models import CaseStudyPage
from library.models import ServiceArea
from members.models import MunicipalityPage
town = MunicipalityPage.objects.get(slug="township-of-demoville-fictional")
if not CaseStudyPage.objects.filter(slug="zebra-{language}").exists():
    page = town.add_child(instance=CaseStudyPage(
        title="Zebraqq crossings {language}", slug="zebra-{language}", summary="Lights at crossings.", stage="pilot",
        language="{language}", municipality=town, live=False))
    page.service_areas.add(ServiceArea.objects.get(slug="winter-maintenance"))
    page.save()
    page.save_revision().publish()
"""
WORDS = {
    "en": {"help": "Winter maintenance", "apply": "Apply filters", "write": "Write to Sam Salt",
           "message": "Your message", "send": "Send", "sent": "Your message is on its way.",
           "read_by": "Read by the", "publish": "Publish", "life": "Life"},
    "fr": {"help": "Entretien hivernal", "apply": "Appliquer les filtres", "write": "Écrire à Sam Salt",
           "message": "Votre message", "send": "Envoyer", "sent": "Votre message est parti.",
           "read_by": "Lu par l", "publish": "Publier", "life": "Vie de la page"},
}  # fmt: skip


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 360)])
def test_find_a_colleague_who_can_help_and_write_to_them(page, demo, language, width):
    words = WORDS[language]
    demo.shell(COLLEAGUE)
    sign_in(page, demo, "publisher")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{demo.url}/{language}/people/")
    assert_accessible(page)
    page.goto(f"{demo.url}/{language}/people/?help=roads-and-transportation")
    page.get_by_label(re.compile(words["help"])).first.check()
    page.get_by_role("button", name=words["apply"]).click()
    page.get_by_role("link", name="Sam Salt").click()
    expect(page.get_by_text("Brine before the storm.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=words["write"]).click()
    assert_accessible(page)
    page.get_by_label(words["message"]).fill(f"How much brine? {language}")
    page.get_by_role("button", name=words["send"]).click()
    expect(page.get_by_text(words["sent"])).to_be_visible()
    (letter,) = [mail for mail in demo.mails() if f"How much brine? {language}" in text_of(mail)]
    assert letter["To"] == "sam.salt@demoville.example"
    assert demo.logins["publisher"][0] not in letter.as_string()
    page.goto(f"{demo.url}/{language}/people/me/")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("language", ["en", "fr"])
def test_narrow_an_audience_and_read_who_did_it(page, demo, browser, language):
    """Somebody else's search has the item; the publisher narrows it in the editor, and in the same second it is gone."""
    words = WORDS[language]
    demo.shell(ITEM.format(language=language))
    reader = browser.new_page()
    address = f"{demo.url}/{language}/search/?q=zebraqq"
    found = reader.get_by_role("link", name=f"Zebraqq crossings {language}")
    for _ in range(40):
        reader.goto(address)
        if found.count():
            break
        reader.wait_for_timeout(250)
    expect(found).to_be_visible()

    edit_in(demo, "publisher", language)
    sign_in(page, demo, "publisher")
    page.goto(f"{demo.url}/{language}/municipalities/township-of-demoville-fictional/zebra-{language}/")
    identifier = demo_id(demo, language)
    page.goto(f"{demo.url}/admin/pages/{identifier}/edit/")
    page.get_by_role("tab", name=words["life"], exact=True).click()
    choice = page.locator("input[name=audience][value=municipality]")
    expect(choice.locator("xpath=ancestor::label")).to_contain_text(words["read_by"])
    choice.check()
    page.get_by_role("contentinfo").or_(page.locator("footer")).get_by_role(
        "button", name=say(language, "More actions")
    ).first.click()
    page.get_by_role("button", name=words["publish"], exact=True).click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    reader.goto(address)
    expect(found).to_have_count(0)
    reader.close()

    page.goto(f"{demo.url}/{language}/log/?action=audience.change")
    row = page.get_by_role("row").filter(has_text=f"Zebraqq crossings {language}")
    expect(row).to_contain_text("Pat Publisher")
    assert_accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    edit_in(demo, "publisher", "en")
    assert "Zebraqq" in download.value.path().read_text(encoding="utf-8-sig")


def demo_id(demo, language: str) -> int:
    """The item's number, as the editor's address has it."""
    target = demo.folder / f"zebra-{language}"
    demo.shell(
        "from casestudies.models import CaseStudyPage; "
        f"open({str(target)!r}, 'w').write(str(CaseStudyPage.objects.get(slug='zebra-{language}').pk))"
    )
    return int(target.read_text())
