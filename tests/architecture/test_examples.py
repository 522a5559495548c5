"""The examples of the documents are run: every block between ```pycon and ```, a page in one go."""

import doctest
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```pycon\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAGES = [page for page in sorted(DOCS.rglob("*.md")) if BLOCK.search(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_say_what_comes_out(page):
    text = page.read_text(encoding="utf-8")
    examples = "".join(BLOCK.findall(text))
    parsed = doctest.DocTestParser().get_doctest(examples, {}, page.name, page.name, 0)
    said: list[str] = []

    results = doctest.DocTestRunner().run(parsed, out=said.append)

    assert results.failed == 0, "".join(said)
    assert results.attempted == text.count("\n>>> ")


def test_there_are_examples():
    assert "python" in {page.stem for page in PAGES}
