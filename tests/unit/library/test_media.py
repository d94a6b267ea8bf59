"""Pictures, videos, files and 3-D models in a page."""

import io
import re

import pytest
from django.core.files.base import ContentFile
from PIL import Image
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed

from core.models import File, Picture
from tests.unit.core.test_gltf import GOOD, glb

pytestmark = pytest.mark.django_db
VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.fixture
def picture():
    out = io.BytesIO()
    Image.new("RGB", (1200, 800), "teal").save(out, "PNG")
    return Picture.objects.create(title="Plow", file=ContentFile(out.getvalue(), "plow.png"))


def html_with(client, case_study, *blocks):
    case_study.media = list(blocks)
    case_study.save_revision().publish()
    return client.get(case_study.url).content.decode()


def test_picture_has_alternative_text_and_sizes(client, case_study, picture):
    block = {
        "image": {"image": picture.pk, "alt_text": "A plow on a sidewalk", "decorative": False},
        "caption": "March",
    }
    value = case_study.media.stream_block.child_blocks["picture"].to_python(block)
    html = html_with(client, case_study, ("picture", value))
    assert 'alt="A plow on a sidewalk"' in html
    assert "March" in html
    address = re.search(r'src="(/media/images/[^"]+)"', html)[1]
    response = client.get(address)
    assert response["Content-Type"].startswith("image/")
    assert response.getvalue()


def test_video_is_framed_with_its_title_and_transcript(client, case_study):
    Embed.objects.create(
        url=VIDEO, hash=get_embed_hash(VIDEO, max_width=960), type="video", title="Plowing", max_width=960,
        html='<iframe src="https://www.youtube.com/embed/abcdefghijk" title="Plowing"></iframe>',
    )  # fmt: skip
    raw = {"video": VIDEO, "title": "How it ploughs", "transcript": "It ploughs."}
    value = case_study.media.stream_block.child_blocks["video"].to_python(raw)
    html = html_with(client, case_study, ("video", value))
    assert "https://www.youtube.com/embed/abcdefghijk" in html
    assert "It ploughs." in html
    policy = client.get(case_study.url)["Content-Security-Policy"]
    assert "frame-src https://www.youtube-nocookie.com https://www.youtube.com" in policy


def test_model_has_a_picture_instead_and_the_file(client, case_study, picture):
    model = File.objects.create(title="Houses", file=ContentFile(glb(GOOD), "houses.glb"))
    raw = {
        "title": "Houses",
        "model": model.pk,
        "picture": picture.pk,
        "description": "Two houses and a street.",
    }
    value = case_study.media.stream_block.child_blocks["model"].to_python(raw)
    html = html_with(client, case_study, ("model", value))
    assert 'alt="Two houses and a street."' in html
    assert f'data-model="{model.url}"' in html


def test_document_is_named_with_kind_and_size(client, case_study):
    document = File.objects.create(title="Tender", file=ContentFile(b"hello", "tender.pdf"), file_size=5)
    raw = {"document": document.pk, "description": "What we asked for"}
    value = case_study.media.stream_block.child_blocks["document"].to_python(raw)
    html = html_with(client, case_study, ("document", value))
    assert "Tender" in html
    assert "PDF" in html
    assert "What we asked for" in html
