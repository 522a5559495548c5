"""What the documents name is there: files, links, commands and make targets."""

import re
from pathlib import Path

import click
import pytest

from canvass.cli.main import canvass

ROOT = Path(__file__).parents[2]
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/**/*.md")])
PATH = re.compile(r"`([A-Za-z0-9_./-]+/[A-Za-z0-9_./-]*|[A-Za-z0-9_-]+\.(?:py|md|toml|css|yaml|html))`")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(
    r"(?:^(?:\$ )?|`)canvass ((?:--(?:data|panel|today) \S+ )*)((?:[a-z-]+ ?)*)", re.MULTILINE
)
TARGET = re.compile(r"`make ([a-z-]+)`")
HOMES = (ROOT, ROOT / "src/canvass", ROOT / "docs", *ROOT.glob("src/canvass/*/templates"))
ADDRESSES = re.compile(
    r"^/|^(b|desk|join|me|library|static|pictures|components|DATA|link|poll|panel|item)/|/$"
)


def named_files(text: str) -> set[str]:
    return {path for path in PATH.findall(text) if "/" in path and not ADDRESSES.search(path) and "." in path}


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: str(doc.relative_to(ROOT)))
def test_the_files_that_a_document_names_are_there(doc):
    missing = [
        path
        for path in sorted(named_files(doc.read_text()))
        if not any((home / path).exists() for home in (*HOMES, doc.parent))
    ]

    assert missing == []


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: str(doc.relative_to(ROOT)))
def test_the_links_of_a_document_lead_somewhere(doc):
    links = [
        link for link in LINK.findall(doc.read_text()) if "://" not in link and not link.startswith("mailto:")
    ]

    assert [link for link in links if not (doc.parent / link).exists()] == []


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: str(doc.relative_to(ROOT)))
def test_the_commands_that_a_document_names_exist(doc):
    named = {command.strip() for _options, command in COMMAND.findall(doc.read_text())}

    assert [command for command in sorted(named) if not is_command(command.split())] == []


def is_command(words: list[str]) -> bool:
    """Whether the words lead to a command; what follows a command that takes no others is its arguments."""
    place: click.Command | None = canvass
    context = click.Context(canvass)
    for word in words:
        if not isinstance(place, click.Group):
            return True
        place = place.get_command(context, word)
        if place is None:
            return False
    return True


def test_the_make_targets_that_the_documents_name_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    named = {target for doc in DOCS for target in TARGET.findall(doc.read_text())}

    assert named - targets == set()
    assert named >= {"run", "test"}
