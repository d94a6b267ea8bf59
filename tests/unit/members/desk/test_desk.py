"""The page on which a municipality is looked after, and review before publishing."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.models import GroupApprovalTask, TaskState, WorkflowState

from casestudies.models import CaseStudyPage
from core.models import Picture
from library.models import ServiceArea
from members.joining.models import Domain, Invitation
from members.models import MunicipalityPage, Person, Region
from members.roles import actions as roles
from members.roles import review
from tests.factories import make_area, make_case_study, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(db):
    return make_person("admin@example.org", is_superuser=True)


@pytest.fixture
def publisher(admin, municipality):
    person = make_person(
        "publisher@town.ca", municipality=municipality, first_name="Pat", last_name="Publisher"
    )
    roles.name_role(by=admin, person=person, municipality=municipality, role="publisher")
    return person


@pytest.fixture
def contributor(publisher, municipality):
    person = make_person("con@town.ca", municipality=municipality, first_name="Cam", last_name="Contributor")
    roles.name_role(by=publisher, person=person, municipality=municipality, role="contributor")
    return person


@pytest.fixture
def base(municipality):
    return f"/en/municipalities/{municipality.slug}/manage/"


def act(client, base, action, **data):
    return client.post(f"{base}act/", {"action": action, **data}, follow=True)


PROFILE = {
    "about": "A lake and a town.", "website": "https://innisfil.ca", "contact_mailbox": "digital@innisfil.ca",
    "default_licence": "CC0-1.0", "default_audience": "members",
}  # fmt: skip


@pytest.mark.parametrize("who", ["contributor", "member", "nobody", "elsewhere"])
def test_to_others_there_is_no_desk(
    client, publisher, contributor, admin, municipality, other_municipality, base, who
):
    people = {
        "contributor": contributor,
        "member": make_person("m@town.ca", municipality=municipality),
        "nobody": make_person("n@x.ca"),
        "elsewhere": make_person("e@x.ca", municipality=other_municipality),
    }
    roles.name_role(by=admin, person=people["elsewhere"], municipality=other_municipality, role="publisher")
    client.force_login(people[who])
    never = base.replace(municipality.slug, "never-was")
    assert client.get(base).status_code == client.get(never).status_code == 404
    for part, data in (
        ("profile/", PROFILE),
        ("invite/", {"address": "a@b.ca", "language": "en"}),
        ("domain/", {"name": "x.ca"}),
    ):
        assert client.post(base + part, data).status_code == 404
    assert act(client, base, "role", person=people[who].pk, role="publisher").status_code == 404
    assert not Invitation.objects.exists()
    assert "/manage/" not in client.get(municipality.url).content.decode()


def test_a_publisher_adds_a_contributor_and_removes_them(client, publisher, municipality, base):
    member = make_person("m@town.ca", municipality=municipality, first_name="Mel")
    client.force_login(publisher)
    assert "/manage/" in client.get(municipality.url).content.decode()
    assert "Done." in act(client, base, "role", person=member.pk, role="contributor").content.decode()
    assert member.role_grants.get().role == "contributor"
    act(client, base, "remove", person=member.pk, reason="left")
    assert Person.objects.get(pk=member.pk).municipality is None


def test_refused_says_why(client, publisher, contributor, base):
    client.force_login(publisher)
    assert (
        "somebody else a publisher first"
        in act(client, base, "role", person=publisher.pk, role="").content.decode()
    )


def test_who_gives_their_own_role_away_lands_somewhere(client, publisher, contributor, base, municipality):
    client.force_login(publisher)
    act(client, base, "role", person=contributor.pk, role="publisher")
    response = act(client, base, "role", person=publisher.pk, role="")
    assert response.status_code == 200
    assert client.get(base).status_code == 404


def test_a_coordinator_sees_people_and_not_the_profile(
    client, admin, publisher, municipality, other_municipality, base
):
    region = Region.objects.create(name="Simcoe", slug="simcoe")
    MunicipalityPage.objects.filter(pk=municipality.pk).update(region=region)
    coordinator = make_person("co@x.ca", municipality=other_municipality)
    roles.name_coordinator(by=admin, person=coordinator, region=region)
    client.force_login(coordinator)
    page = client.get(base).content.decode()
    assert "Pat Publisher" in page
    assert "Save the profile" not in page
    assert client.post(f"{base}profile/", PROFILE).status_code == 404
    assert client.post(f"{base}domain/", {"name": "x.ca"}).status_code == 404
    assert "Only the publishers" in act(client, base, "review", on="1").content.decode()


def picture(name="logo.png"):
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), "image/png")


def test_the_profile_is_published_and_new_items_begin_with_it(client, publisher, municipality, base):
    client.force_login(publisher)
    response = client.post(f"{base}profile/", {**PROFILE, "logo_file": picture()})
    assert response.status_code == 302
    town = MunicipalityPage.objects.get(pk=municipality.pk)
    assert (town.about, town.default_licence) == ("A lake and a town.", "CC0-1.0")
    assert town.logo.collection == town.workplace.collection
    client.logout()
    page = client.get(municipality.url).content.decode()
    assert "A lake and a town." in page
    rendition = town.logo.renditions.get(filter_spec="max-240x120")
    assert client.get(rendition.url).getvalue()
    client.force_login(publisher)
    form = client.get(f"/admin/pages/add/casestudies/casestudypage/{municipality.pk}/").content.decode()
    assert '<option value="CC0-1.0" selected>' in form


def test_what_is_wrong_in_the_profile_is_said_and_nothing_typed_is_lost(
    client, publisher, municipality, base
):
    client.force_login(publisher)
    response = client.post(f"{base}profile/", {**PROFILE, "about": "Typed long.", "contact_mailbox": "no"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "There is a problem" in page
    assert "Typed long." in page
    broken = SimpleUploadedFile("logo.png", b"not a picture", "image/png")
    assert client.post(f"{base}profile/", {**PROFILE, "logo_file": broken}).status_code == 422
    assert not Picture.objects.exists()
    assert MunicipalityPage.objects.get(pk=municipality.pk).about == ""


def test_domains_and_invitations_from_the_desk(client, publisher, admin, municipality, base):
    client.force_login(publisher)
    assert client.post(f"{base}domain/", {"name": "gmail.com"}).status_code == 422
    client.post(f"{base}domain/", {"name": "Town.ca"})
    domain = Domain.objects.get()
    assert domain.name == "town.ca"
    assert "Only an administrator" in act(client, base, "vouch", domain=domain.pk).content.decode()
    client.post(f"{base}invite/", {"address": "g@home.ca", "role": "contributor", "language": "fr"})
    act(client, base, "withdraw", invitation=Invitation.objects.get().pk)
    assert Invitation.objects.get().state == "withdrawn"
    client.force_login(admin)
    act(client, base, "vouch", domain=domain.pk)
    assert Domain.objects.verified().exists()


@pytest.mark.parametrize(
    "data", [{"person": "1; drop"}, {"person": "9" * 30}, {"domain": "²"}, {"person": ""}]
)
def test_nonsense_is_not_found(client, publisher, base, data):
    client.force_login(publisher)
    for action in ("role", "remove", "vouch", "withdraw", "explode"):
        assert act(client, base, action, **data).status_code == 404


@pytest.fixture
def draft(contributor, municipality):
    make_area()
    return make_case_study(municipality, title="Ice rink", slug="rink", owner=contributor, live=False)


def fields(client, item):
    """What the editor's form would send, as it stands."""
    form = client.get(f"/admin/pages/{item.pk}/edit/").context["form"]
    data = {
        form.add_prefix(name): value for name, value in form.initial.items() if isinstance(value, str | int)
    }
    streams = {
        f"{name}-count": "0"
        for name in ("media", "partners", "outcomes", "products", "tender_files", "data_label")
    }
    comments = {f"comments-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    area = str(ServiceArea.objects.get().pk)
    return {
        **data,
        **streams,
        **comments,
        "comments-MAX_NUM_FORMS": "",
        "service_areas": [area],
        "title": item.title,
    }


def submit(client, item, action):
    response = client.post(
        f"/admin/pages/{item.pk}/edit/", {**fields(client, item), f"action-{action}": "1"}, follow=True
    )
    return response.content.decode()


def decide(client, item, name, comment=""):
    state = TaskState.objects.get(status="in_progress")
    return client.post(
        f"/admin/pages/workflow/action/{item.pk}/{name}/{state.pk}/", {"comment": comment}, follow=True
    )


def test_a_draft_is_reviewed_returned_resubmitted_and_published(
    client, publisher, contributor, municipality, draft
):
    review.switch_review(by=publisher, municipality=municipality, on=True)
    client.force_login(contributor)
    submit(client, draft, "submit")
    assert WorkflowState.objects.get().status == "in_progress"
    # Who writes cannot decide.
    decide(client, draft, "approve")
    assert not CaseStudyPage.objects.get(pk=draft.pk).live
    client.force_login(publisher)
    decide(client, draft, "reject", "Add the cost, please.")
    assert WorkflowState.objects.get().status == "needs_changes"
    client.force_login(contributor)
    assert "Add the cost, please." in client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
    submit(client, draft, "submit")
    client.force_login(publisher)
    decide(client, draft, "approve")
    assert CaseStudyPage.objects.get(pk=draft.pk).live


def test_switching_review_off_strands_nothing(client, publisher, contributor, municipality, draft):
    review.switch_review(by=publisher, municipality=municipality, on=True)
    client.force_login(contributor)
    submit(client, draft, "submit")
    review.switch_review(by=publisher, municipality=municipality, on=False)
    item = CaseStudyPage.objects.get(pk=draft.pk)
    assert not item.workflow_in_progress
    assert not item.has_workflow
    assert not TaskState.objects.filter(status="in_progress").exists()
    client.force_login(publisher)
    submit(client, draft, "publish")
    assert CaseStudyPage.objects.get(pk=draft.pk).live


def test_review_can_be_switched_on_again_and_twice_is_once(publisher, municipality, draft):
    for on in (True, True, False, False, True):
        review.switch_review(by=publisher, municipality=municipality, on=on)
    assert CaseStudyPage.objects.get(pk=draft.pk).has_workflow
    assert GroupApprovalTask.objects.filter(active=True).count() == 1


def test_publishers_of_another_municipality_do_not_decide(
    client, admin, publisher, contributor, municipality, other_municipality, draft
):
    stranger = make_person("s@x.ca", municipality=other_municipality)
    roles.name_role(by=admin, person=stranger, municipality=other_municipality, role="publisher")
    review.switch_review(by=publisher, municipality=municipality, on=True)
    client.force_login(contributor)
    submit(client, draft, "submit")
    client.force_login(stranger)
    assert decide(client, draft, "approve").status_code == 404
    assert not CaseStudyPage.objects.get(pk=draft.pk).live


def test_a_publisher_can_publish_without_review(client, publisher, municipality, draft):
    review.switch_review(by=publisher, municipality=municipality, on=True)
    client.force_login(publisher)
    submit(client, draft, "publish")
    assert CaseStudyPage.objects.get(pk=draft.pk).live
