"""Another job, another municipality: what I wrote keeps my name, and what is the old one's is closed to me at once."""

import re
import uuid

import pytest
from playwright.sync_api import expect

from tests.journeys.test_joining import check, enter, here, sign_out
from tests.journeys.walk import link_in_mail, say

SCENE = """
from casestudies.models import CaseStudyPage
from library.models import ServiceArea
from members.joining import invitations
from members.models import MunicipalityIndexPage, MunicipalityPage, Person
from members.roles import actions as roles
old = MunicipalityPage.objects.get(slug="township-of-demoville-fictional")
new = MunicipalityPage.objects.filter(slug="town-of-elsewhere-fictional").first()
if new is None:
    new = MunicipalityIndexPage.objects.first().add_child(instance=MunicipalityPage(
        title="Elsewhere (fictional)", slug="town-of-elsewhere-fictional", official_name="Town of Elsewhere (fictional)",
        status=old.status, tier=old.tier, population=9000, is_member=True, region=old.region))
    new.save_revision().publish()
admin = Person.objects.get(email="admin@demoville.example")
gil = Person.objects.create_user({address!r}, "a long walk along the old line", first_name="Gil", last_name="Guest")
roles.place_person(person=gil, municipality=old)
roles.name_role(by=admin, person=gil, municipality=old, role="contributor")
for town, slug, audience in ((old, "ours-{key}", "municipality"), (new, "theirs-{key}", "municipality"),
                             (old, "open-{key}", "public")):
    page = town.add_child(instance=CaseStudyPage(
        title=slug, slug=slug, summary="Written by Gil.", stage="pilot", language="en", municipality=town,
        audience=audience, owner=gil, live=False))
    page.service_areas.add(ServiceArea.objects.get(slug="winter-maintenance"))
    page.save()
    page.save_revision(user=gil).publish()
invitations.invite(by=admin, municipality=new, address={address!r}, role="contributor", language={language!r})
"""


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 360)])
def test_move_to_another_municipality(page, demo, language, width):
    page.set_viewport_size({"width": width, "height": 900})
    key = uuid.uuid4().hex[:8]
    address = f"gil-{key}@home.example"
    demo.shell(SCENE.format(address=address, key=key, language=language))
    base = f"{demo.url}/{language}/municipalities"
    ours = f"{base}/township-of-demoville-fictional/ours-{key}/"
    theirs = f"{base}/town-of-elsewhere-fictional/theirs-{key}/"

    enter(page, demo, address, then=f"/{language}/welcome/")
    assert (page.goto(ours).status, page.goto(theirs).status) == (200, 404)

    page.goto(here(demo, link_in_mail(demo, address, "/invitations/")))
    leaving = "You would leave the municipality you belong to now, with your roles there. What you wrote keeps your name."
    expect(page.get_by_text(say(language, leaving))).to_be_visible()
    check(page)
    page.get_by_role("main").get_by_role("button", name=re.compile("Elsewhere")).click()
    page.wait_for_url("**/welcome/")
    check(page)

    assert (page.goto(ours).status, page.goto(theirs).status) == (404, 200)
    page.goto(f"{base}/township-of-demoville-fictional/open-{key}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"open-{key}")
    demo.shell(
        "from wagtail.models import Page\n"
        f"owners = set(Page.objects.filter(slug__in=['ours-{key}', 'open-{key}']).values_list('owner__email', flat=True))\n"
        f"assert owners == {{{address!r}}}, owners"
    )
    sign_out(page)
