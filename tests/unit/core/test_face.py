"""Cards, icons and choices that are written flat look like the components and escape as they do."""

from django.template import engines
from django.utils.safestring import mark_safe
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler


def _render(source, **context):
    return engines["django"].from_string(CottonCompiler().process(source)).render(context)


def _card(text, title):
    return _render("{% item_card text title=title kind='case' level=2 %}", text=text, title=title)


def test_card_is_the_components():
    component = _render(
        '<c-item-card :title="title" kind="case" :summary="text" level="2" />',
        title="A",
        text="Short & sweet",
    )
    tag = _card("Short & sweet", "A")
    assert "".join(tag.split()).replace('href=""', 'href="#"') == "".join(component.split())


def test_kept_card_takes_another_text():
    assert "first" in _card("first", "Plow")
    second = _card(mark_safe("<mark>second</mark>"), "Plow")
    assert "<mark>second</mark>" in second
    assert "first" not in second
    assert "item-card__summary" not in _card("", "Plow")


def test_text_and_facts_are_escaped_also_after_a_safe_one():
    _card("", mark_safe("<b>bold</b>"))
    html = _card("<script>", "<b>bold</b>")
    assert "<b>" not in html
    assert "<script>" not in html


def test_choices_are_escaped_and_counted():
    choices = [
        {"value": '"x', "label": "<i>", "count": 1234, "selected": True},
        {"value": "y", "label": "why"},
    ]
    html = _render("{% facet_choices 'tag' choices 'f' %}", choices=choices)
    assert 'value="&quot;x" checked>' in html
    assert "&lt;i&gt;" in html
    assert "1,234" in html
    assert 'id="f-tag-y"' in html, "named by its value"
    assert "Why" in html


def test_a_colon_has_its_language_s_spaces():
    assert _render("A{% colon %}b") == "A: b"
    with override("fr"):
        assert _render("A{% colon %}b") == "A\u00a0: b"
        assert "A\u00a0: b" in _render('<c-button aria-label="A{% colon %}b">x</c-button>')


def test_icon_is_the_components():
    assert (
        _render("{% icon 'search' 'sm' %}").strip() == _render('<c-icon name="search" size="sm" />').strip()
    )
