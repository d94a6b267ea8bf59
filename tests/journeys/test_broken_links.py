"""A link on my page leads nowhere any more: I am told, mend it by keyboard, and the notice is gone."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.walk import assert_accessible, say, sign_in, tab_to

GONE, FOUND = "https://reports.example.org/brine-2019", "https://reports.example.org/archive/brine"
TITLE = "Brine, measured for five winters"
TOWN = "township-of-demoville-fictional"

# The check asks nobody inside of this machine or its network, so no server of a journey's can be the one that rots:
# the answer is given here, on three days, to the same action that the worker gives the answers of servers to.
ROT = f"""
from datetime import timedelta
import time_machine
from django.utils import timezone
from casestudies.models import CaseStudyPage
from library.links import checking, finding
from library.links.asking import Verdict
from library.links.visiting import Finding
from library.models import ServiceArea
from members.models import MunicipalityPage, Person

town = MunicipalityPage.objects.get(slug={TOWN!r})
page = town.add_child(instance=CaseStudyPage(
    title={TITLE!r}, slug="brine-measured", summary="Five winters of brine.", stage="live", municipality=town,
    live=False, source="The report of 2019.", source_url={GONE!r}, language="en",
))
page.service_areas.add(ServiceArea.objects.first())
page.save_revision().publish()
while finding.take():
    pass
for days in (2, 1, 0):
    with time_machine.travel(timezone.now() - timedelta(days=days)):
        checking.write_down({GONE!r}, Finding(Verdict.GONE))
"""


def notice(page, language="en"):
    return page.get_by_text(
        re.compile(re.escape(say(language, "Only those who answer for this page see this.")))
    )


@pytest.fixture
def demo(demo_that_checks_links):
    return demo_that_checks_links


def test_the_owner_is_told_mends_the_link_and_the_notice_goes(page, demo, context):
    demo.shell(ROT)
    address = f"{demo.url}/en/municipalities/{TOWN}/brine-measured/"
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(notice(page)).to_have_count(0)

    sign_in(page, demo, "publisher")
    desk = f"{demo.url}/en/municipalities/{TOWN}/manage/"
    page.goto(desk)
    expect(page.get_by_role("heading", name="Links that lead nowhere")).to_be_visible()
    assert_accessible(page)
    tab_to(page, page.get_by_role("link", name=TITLE))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_text("1 link leads nowhere any more")).to_be_visible()
    expect(page.get_by_role("link", name=GONE)).to_be_visible()
    assert_accessible(page)
    on_a_telephone_in_french(page, address)

    page.goto(address)
    tab_to(page, page.get_by_role("link", name="Correct the links in the editor"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/pages/*/edit/**")
    tab_to(page, page.get_by_role("tab", selected=True).first)
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    field = page.locator("[name=source_url]")
    tab_to(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.type(FOUND)
    tab_to(page, page.locator("footer").get_by_role("button", name="More actions").first)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Publish", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/admin/pages/\d+/$"))
    expect(page.get_by_text(re.compile("published", re.IGNORECASE)).first).to_be_visible()

    demo.shell("from library.links import finding\nwhile finding.take():\n    pass")
    page.goto(address)
    expect(page.locator(f'a[href="{FOUND}"]').first).to_be_visible()
    expect(notice(page)).to_have_count(0)
    page.goto(desk)
    expect(page.get_by_role("heading", name="Links that lead nowhere")).to_have_count(0)


def on_a_telephone_in_french(page, address):
    """The same notice, for whoever reads French on a small screen."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address.replace("/en/", "/fr/"))
    expect(notice(page, "fr")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.set_viewport_size({"width": 1280, "height": 900})
