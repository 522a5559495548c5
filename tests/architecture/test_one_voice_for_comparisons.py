"""Only the noise guard puts a comparison of estimates into words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src/canvass"
GUARD = SOURCE / "tables/noise_guard"
EXPLAINING = {
    "tables/letters.py",  # what a letter in a table means
}
NOT_OURS = (
    SOURCE / "cli/demo/content",  # questions and answers of the demo's invented people
    SOURCE / "web/static/canvass/fonts",  # their licence
    SOURCE / "figures/fonts",
)
CLAIMS = re.compile(
    r"\b(higher than|lower than|rose|fell|risen|fallen|increased|decreased|declined|dropped to|went up|"
    r"went down|(?<!sign )up from|down from|more common|less common|no clear (?:change|difference)|"
    r"(?:more|less) often than|improved|worsened|a (?:rise|fall|drop|increase|decrease) (?:in|of))\b",
    re.IGNORECASE,
)


def spoken(path: Path) -> Iterator[str]:
    """What a file may say to people: the whole of a template, the strings of a module but its docstrings."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield text
        return
    tree = ast.parse(text)
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value


def claims(path: Path) -> list[str]:
    return [found.group() for text in spoken(path) for found in CLAIMS.finditer(text)]


def speaking_files() -> list[Path]:
    return [
        path
        for suffix in ("py", "html", "txt", "md", "js")
        for path in sorted(SOURCE.rglob(f"*.{suffix}"))
        if not any(path.is_relative_to(other) for other in NOT_OURS)
    ]


def test_no_other_module_or_template_words_a_comparison():
    elsewhere = {
        str(path.relative_to(SOURCE)): found
        for path in speaking_files()
        if not path.is_relative_to(GUARD) and (found := claims(path))
    }

    assert {file: found for file, found in elsewhere.items() if file not in EXPLAINING} == {}


def test_the_guard_itself_is_heard():
    """So that the test above looks at what it should."""
    assert {"rose", "fell", "more common", "No clear change"} <= set(claims(GUARD / "sentences.py"))
    assert len(speaking_files()) > 200
