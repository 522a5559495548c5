"""Texts to start a new poll from: one of each kind, the four well-being questions, an earlier poll."""

from collections.abc import Mapping
from importlib.resources import files

from canvass.polls import headlines

STARTS: Mapping[str, tuple[str, str]] = {  # start -> (what it is called, its file)
    "each_kind": ("A question of each kind, to change or delete", "each_kind.yaml"),
    "wellbeing": ("The four personal well-being questions of the ONS", "wellbeing.yaml"),
    "one_question": ("One question", "one_question.yaml"),
}
KINDS: Mapping[str, str] = {  # the skeletons that the builder can add
    "single": "Single choice",
    "multiple": "Choose all that apply",
    "rating": "Rating 0 to 10",
    "grid_rating": "Grid of ratings",
    "grid_single": "Grid of single choices",
    "ranking": "Ranking",
    "number": "Number",
    "text": "Text",
}


def started(start: str, *, slug: str, title: str) -> str:
    """The text of a start under its new name."""
    return renamed(_text(STARTS[start][1]), slug=slug, title=title)


def copied(text: str, *, slug: str, title: str) -> str:
    """An earlier poll's text under a new name, without its dates."""
    undated = headlines.with_headline(headlines.with_headline(text, "opens", None), "closes", None)
    return renamed(undated, slug=slug, title=title)


def renamed(text: str, *, slug: str, title: str) -> str:
    return headlines.with_headline(headlines.with_headline(text, "title", title), "poll", slug)


def with_item(text: str, kind: str) -> str:
    """The text with the skeleton of one more item at its end, under an id not used before."""
    skeleton = _text(f"kind_{kind}.yaml")
    number = 1
    while f"id: {kind}_{number}\n" in text:
        number += 1
    end = text if text.endswith("\n") or not text else text + "\n"
    return end + skeleton.replace("NUMBER", str(number))


def _text(name: str) -> str:
    return (files("canvass.polls") / "starts" / name).read_text(encoding="utf-8")
