"""Every verb says who acts and when, by keyword, and leaves an entry in the audit log."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest

import canvass


def service_modules() -> Iterator[str]:
    for found in pkgutil.walk_packages(canvass.__path__, "canvass."):
        if found.name.split(".")[2:3] == ["services"]:
            yield found.name


def verbs() -> list[Callable]:
    """Public functions of every services module, except those that only read (find_…)."""
    return [
        thing
        for name in service_modules()
        for verb, thing in vars(import_module(name)).items()
        if inspect.isfunction(thing) and thing.__module__ == name and not verb.startswith(("_", "find_"))
    ]


@pytest.mark.parametrize("verb", verbs(), ids=lambda verb: f"{verb.__module__}.{verb.__name__}")
def test_a_verb_is_told_by_keyword_who_acts_and_when(verb):
    parameters = inspect.signature(verb).parameters

    assert parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
    assert parameters["now"].kind is inspect.Parameter.KEYWORD_ONLY


def test_there_are_verbs_to_look_at():
    assert len(verbs()) >= 8
