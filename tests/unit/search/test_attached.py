"""From a found fragment back to the file it is from, without anything private being shown."""

from hypothesis import given
from hypothesis import strategies as st

from search import attached
from search.documents import AttachedFile
from search.text import MARK_CLOSE, MARK_OPEN


@given(st.lists(st.text(max_size=300), max_size=5), st.data())
def test_fragment_leads_back_to_its_file(texts, data):
    files = [AttachedFile(f"file-{number}", text) for number, text in enumerate(texts)]
    marked = attached.file_words(files)
    words = [word for word in marked.split() if word.isalnum()]
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    at = marked.index(word)
    fragment = (
        f"{marked[max(at - 90, 0) : at]}{MARK_OPEN}{word}{MARK_CLOSE}{marked[at + len(word) : at + 600]}"
    )
    name = attached.file_of(fragment, [file.name for file in files])
    number = int(name.removeprefix("file-"))
    assert word in attached.clean(f"{name} {files[number].text}")


@given(
    st.text(
        alphabet=st.characters(min_codepoint=0xDFFF, max_codepoint=0xF900, exclude_categories=["Cs"])
        | st.just("a")
    )
)
def test_text_cannot_bring_marks_of_its_own(text):
    marked = attached.file_words([AttachedFile("one", text)])
    assert {char for char in marked if "\ue000" <= char <= "\uf8ff"} <= {chr(0xE100)}


def test_nothing_private_is_shown():
    marked = attached.file_words([AttachedFile("Tender.pdf", "a b c d e f g h i j k l m n")])
    assert attached.without_marks(marked) == "Tender.pdf a b c d e f g h i j k l m n"
