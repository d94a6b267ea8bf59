"""An editor of one municipality looks for another's drafts and restricted items, through every door of the admin."""

import json
import re

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Revision

from casestudies.models import CaseStudyPage
from core.models import File, Picture
from library.forms import ItemForm
from members.roles import actions
from tests.factories import make_case_study, make_person

pytestmark = pytest.mark.django_db

CANARY = "zqcanary"


@pytest.fixture(autouse=True)
def _editor_searches(settings):
    """What is saved is found in the editor at once, as everywhere but in tests."""
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}


@pytest.fixture
def admin(db):
    return make_person("admin@example.org", is_superuser=True)


@pytest.fixture(params=["publisher", "contributor"])
def editor(request, admin, municipality, client):
    person = make_person("editor@town.ca", municipality=municipality)
    actions.name_role(by=admin, person=person, municipality=municipality, role="publisher")
    if request.param == "contributor":
        second = make_person("second@town.ca", municipality=municipality)
        actions.name_role(by=admin, person=second, municipality=municipality, role="publisher")
        actions.name_role(by=admin, person=person, municipality=municipality, role="contributor")
    client.force_login(person)
    return person


@pytest.fixture
def hidden(other_municipality, admin):
    """A draft and an item for another municipality's own people, and what belongs to them."""
    author = make_person("author@other.ca", municipality=other_municipality)
    actions.name_role(by=admin, person=author, municipality=other_municipality, role="publisher")
    collection = other_municipality.workplace.collection
    file = File.objects.create(
        title=f"{CANARY} file", file=ContentFile(b"secret", f"{CANARY}.txt"), collection=collection
    )
    file.tags.add(f"{CANARY}filetag")
    items = [
        make_case_study(other_municipality, title=f"{CANARY} draft", slug="h1", live=False, owner=author),
        make_case_study(
            other_municipality, title=f"{CANARY} own", slug="h2", audience="municipality", owner=author
        ),
    ]
    for item in items:
        item.tags.add(f"{CANARY}tag")
        item.locked = True
        item.save()
        item.save_revision(user=author)
    return items, file


def addresses(item, other, file):
    first, second = Revision.objects.for_instance(item).order_by("pk")[:2]
    pk, top = item.pk, other.pk
    return [
        "/admin/", "/admin/pages/", f"/admin/pages/{top}/", f"/admin/pages/{top}/results/", f"/admin/pages/{pk}/",
        f"/admin/pages/?q={CANARY}", f"/admin/pages/search/?q={CANARY}", f"/admin/pages/search/results/?q={CANARY}",
        f"/admin/choose-page/{top}/", f"/admin/choose-page/{pk}/", f"/admin/choose-page/search/?q={CANARY}",
        f"/admin/choose-page/{top}/?page_type=casestudies.casestudypage",
        f"/admin/choose-page/chosen-multiple/?id={pk}", "/admin/choose-page/?page_type=casestudies.casestudypage",
        f"/admin/pages/{pk}/edit/", f"/admin/pages/{pk}/history/", f"/admin/pages/{pk}/history/results/",
        f"/admin/pages/{pk}/usage/", f"/admin/pages/{pk}/view_draft/", f"/admin/pages/{pk}/edit/preview/",
        f"/admin/pages/{pk}/revisions/", f"/admin/pages/{pk}/revisions/{first.pk}/view/",
        f"/admin/pages/{pk}/revisions/{first.pk}/revert/", f"/admin/pages/{pk}/workflow_history/",
        f"/admin/pages/{pk}/revisions/compare/{first.pk}...{second.pk}/",
        f"/admin/pages/{pk}/revisions/compare/live...latest/",
        f"/admin/pages/{pk}/copy/", f"/admin/pages/{pk}/move/", f"/admin/pages/{pk}/move/{top}/confirm/",
        f"/admin/pages/{pk}/delete/", f"/admin/pages/{pk}/unpublish/", f"/admin/pages/{pk}/privacy/",
        f"/admin/pages/workflow/confirm_cancellation/{pk}/", f"/admin/pages/{pk}/convert_alias/",
        "/admin/pages/usage/casestudies/casestudypage/", f"/admin/pages/usage/casestudies/casestudypage/results/?q={CANARY}",
        f"/admin/api/main/pages/{pk}/", f"/admin/api/main/pages/?search={CANARY}",
        f"/admin/api/main/pages/?child_of={top}&for_explorer=1", f"/admin/api/main/pages/?descendant_of={top}",
        *(f"/admin/bulk/wagtailcore/page/{name}/?id={pk}" for name in ("delete", "move", "publish", "unpublish")),
        f"/admin/bulk/wagtailcore/page/delete/?id=all&childOf={top}",
        "/admin/reports/site-history/", "/admin/reports/site-history/results/", "/admin/reports/site-history/?export=csv",
        f"/admin/reports/site-history/?label={CANARY}",
        "/admin/reports/aging-pages/", "/admin/reports/aging-pages/?export=csv", "/admin/reports/locked/",
        "/admin/reports/locked/?export=csv", "/admin/reports/workflow/", "/admin/reports/workflow_tasks/",
        "/admin/reports/page-types-usage/", "/admin/reports/page-types-usage/results/",
        f"/admin/tag-autocomplete/?term={CANARY}", f"/admin/tag-autocomplete/taggit/tag/?term={CANARY}",
        f"/admin/documents/?q={CANARY}", f"/admin/documents/edit/{file.pk}/", f"/admin/documents/usage/{file.pk}/",
        "/admin/documents/chooser/", f"/admin/documents/chooser/results/?q={CANARY}",
        f"/admin/documents/chooser/chosen/{file.pk}/", f"/admin/documents/chooser/chosen-multiple/?id={file.pk}",
        f"/admin/api/main/documents/{file.pk}/", f"/admin/api/main/documents/?search={CANARY}",
        f"/admin/bulk/core/file/delete/?id={file.pk}", "/admin/bulk/core/file/delete/?id=all",
        f"/documents/{file.pk}/{CANARY}.txt",
    ]  # fmt: skip


def text_of(client, address):
    response = client.get(address, follow=True)
    content = response.getvalue() if response.streaming else response.content
    # What was asked comes back in search boxes and links.
    return content.decode("utf-8", "replace").replace(f"q={CANARY}", "").replace(f'value="{CANARY}"', "")


def test_no_door_of_the_admin_says_a_word_of_it(client, editor, hidden, other_municipality):
    items, file = hidden
    leaks = [
        address
        for item in items
        for address in addresses(item, other_municipality, file)
        if re.search(f"{CANARY}( draft| own| file|tag|filetag)", text_of(client, address))
    ]
    assert leaks == []


def test_the_doors_do_show_it_to_an_administrator(client, admin, hidden, other_municipality):
    """Or the test above would look for nothing."""
    items, file = hidden
    client.force_login(admin)
    shown = [
        address
        for address in addresses(items[0], other_municipality, file)
        if f"{CANARY} draft" in text_of(client, address)
    ]
    assert len(shown) > 25, shown


def test_refused_is_answered_like_what_never_existed(client, editor, hidden):
    pk = hidden[0][0].pk
    for rest in ("edit/", "history/", "view_draft/", "usage/", "copy/"):
        there, nowhere = (
            client.get(f"/admin/pages/{number}/{rest}", follow=True) for number in (pk, pk + 1000)
        )
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert there.content.replace(b"pages/%d/" % pk, b"") == nowhere.content.replace(
            b"pages/%d/" % (pk + 1000), b""
        )


def test_what_an_editor_may_read_can_be_chosen(client, editor, other_municipality):
    public = make_case_study(other_municipality, title="Open to all", slug="open")
    members = make_case_study(other_municipality, title="For members", slug="members", audience="members")
    for item in (public, members):
        chosen = client.get(f"/admin/choose-page/chosen-multiple/?id={item.pk}")
        assert item.title in json.dumps(json.loads(chosen.content))
        assert item.title in client.get("/admin/choose-page/search/", {"q": item.title}).content.decode()
    assert client.get(f"/admin/choose-page/{other_municipality.pk}/").status_code == 200


def test_the_municipality_itself_is_added_to_and_not_edited(client, editor, municipality):
    assert client.get(f"/admin/pages/{municipality.pk}/add_subpage/").status_code in (200, 302)
    for rest in ("edit/", "delete/", "unpublish/", "move/", "history/", "privacy/", "copy/"):
        assert client.get(f"/admin/pages/{municipality.pk}/{rest}", follow=True).status_code == 404
    client.post(f"/admin/bulk/wagtailcore/page/unpublish/?id={municipality.pk}")
    client.post(f"/admin/api/main/pages/{municipality.pk}/action/unpublish/")
    municipality.refresh_from_db()
    assert municipality.live


@pytest.fixture
def form_of(editor, municipality):
    def form_of(**changes):
        item = CaseStudyPage(title="Mine", summary="s", stage="pilot", owner=editor)
        municipality.add_child(instance=item)
        for name, value in changes.items():
            setattr(item, name, value)
        form = CaseStudyPage.get_edit_handler().get_form_class()(
            instance=CaseStudyPage.objects.get(pk=item.pk), for_user=editor
        )
        assert isinstance(form, ItemForm)
        form.instance = item
        form.cleaned_data, form._errors = {}, form.error_class() and None
        form._errors = {}
        form._post_clean()
        return form

    return form_of


def not_there(form):
    return any("does not exist" in str(error) for error in form.non_field_errors())


def test_anothers_file_picture_or_draft_cannot_be_named_by_its_number(form_of, hidden, client):
    (draft, own), file = hidden
    picture = Picture(title=CANARY, width=1, height=1, file="x.png", collection=file.collection)
    Picture.objects.bulk_create([picture])
    picture = Picture.objects.get()
    assert not_there(form_of(media=[("document", {"document": file, "description": ""})], slug="a"))
    assert not_there(form_of(problem=f"[tender](/documents/{file.pk}/x.txt)", slug="b"))
    assert not_there(form_of(media=[("picture", {"image": picture, "caption": ""})], slug="c"))
    for number, page in enumerate((draft, own)):
        assert not_there(form_of(based_on=page, slug=f"d{number}"))
        assert not_there(form_of(supersedes=page, slug=f"e{number}"))
        assert not_there(form_of(translation_of=page, slug=f"f{number}"))


def test_ones_own_file_and_what_one_may_read_can_be_named(form_of, municipality, other_municipality, area):
    own = File.objects.create(
        title="Ours", file=ContentFile(b"ours", "ours.txt"), collection=municipality.workplace.collection
    )
    public = make_case_study(other_municipality, title="Open", slug="open")
    assert not not_there(
        form_of(media=[("document", {"document": own, "description": ""})], based_on=public, slug="g")
    )
