"""Nothing but the door decides what is withheld, and every table for somebody's eyes goes through it."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src/canvass"
DOOR = SOURCE / "tables/disclosure"
RULE = SOURCE / "statistics/small_bases.py"  # how far a number can be read; hides nothing
NUMBERS = {  # of the rules, by where they are named
    "NO_FIGURE_UNDER", "COUNTS_ONLY_UNDER", "VERY_SMALL_UNDER", "SMALL_UNDER", "SMALLEST_BASE",
    "SMALLEST_CELL", "STRICT_SMALLEST_CELL", "SENSITIVE_BASE", "FEWEST_FOR_A_MEAN_PLACE", "STEP",
}  # fmt: skip
NO_WITHHOLDING = {
    "coding/beside.py": "what of a profile stands beside one person's words; no table",
    "tables/letters.py": "from how many people a letter is given",
    "tables/noise_guard/values.py": "from how many people a test is made",
    "statistics/weighting/standings.py": "from how few people a weight is called thin",
}
HIDING = {
    "Suppressed", "HiddenFigure", "HiddenTopline", "HiddenDifference", "HiddenChange", "Limits", "withheld",
    "hidden_groups", "few_answered", "counts_only",
}  # fmt: skip
READING_BACK = {"fieldwork/funnel.py": "what the door withheld when the poll was counted"}
COUNTING = {
    "topline", "toplines", "crosstab", "trend", "Composition", "CompositionOverTime", "Funnel", "Breakdown",
    "ResponseAnalytics",
}  # fmt: skip
FOR_THE_TEAM = {
    "analysis/trying.py": "weights tried on, beside what is in force",
    "analysis/weighting.py": "weighted toplines, on their way to be kept",
    "analysis/services.py": "toplines that are kept as they were counted, and released when they are read",
}
FEW = (5, 9, 10, 29, 30)
OTHER_NUMBERS = {
    "fieldwork/fields.py": "characters",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        if not path.is_relative_to(DOOR) and path != RULE and "migrations" not in path.parts:
            yield str(path.relative_to(SOURCE)), ast.parse(path.read_text(encoding="utf-8"))


def called(tree: ast.Module) -> set[str]:
    """The names of everything that a module calls."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {call.id for call in calls if isinstance(call, ast.Name)}
    return names | {call.attr for call in calls if isinstance(call, ast.Attribute)}


def imported(tree: ast.Module) -> set[str]:
    return {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}


def few_compared(tree: ast.Module) -> list[str]:
    """Comparisons of anything with a number that could be a few people: "base < 10"."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare)
        and any(isinstance(sign, ast.Lt | ast.LtE | ast.Gt | ast.GtE) for sign in node.ops)
        and any(isinstance(one, ast.Constant) and one.value in FEW for one in (node.left, *node.comparators))
    ]


def test_the_numbers_of_the_rules_are_read_by_the_door_alone():
    elsewhere = {name: found for name, tree in modules() if (found := imported(tree) & NUMBERS)}

    assert set(elsewhere) - set(NO_WITHHOLDING) == set(), elsewhere


def test_nothing_else_makes_a_hidden_number():
    elsewhere = {name: found for name, tree in modules() if (found := called(tree) & HIDING)}

    assert set(elsewhere) - set(READING_BACK) == set(), elsewhere


def test_no_module_compares_people_with_a_few_of_its_own():
    rooms = ("tables/", "figures/", "documents/", "analysis/", "library/", "fieldwork/", "polls/", "panel/")
    found = {name: few for name, tree in modules() if name.startswith(rooms) and (few := few_compared(tree))}

    assert set(found) - set(OTHER_NUMBERS) == set(), found


def marks_in(path: Path) -> bool:
    """Whether a file has a mark to show; what explains the marks has it within a sentence or a docstring."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return ">[c]<" in text
    strings = [node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    return any(isinstance(one, str) and one.startswith("[c]") for one in strings)


def test_no_module_writes_a_mark_of_its_own():
    """[c] stands in place of a number because `Suppressed` is printed so."""
    files = [path for suffix in ("py", "html") for path in sorted(SOURCE.rglob(f"*.{suffix}"))]

    assert [str(path.relative_to(SOURCE)) for path in files if marks_in(path)] == ["tables/values.py"]


def test_whoever_counts_a_table_hands_it_through_the_door():
    """The rooms above the ground floor show tables to people: on pages, in files, in the library."""
    rooms = ("analysis/", "library/", "fieldwork/", "polls/", "panel/", "team/")
    counting = {name: called(tree) for name, tree in modules() if name.startswith(rooms)}
    found = {name for name, calls in counting.items() if calls & COUNTING and "release" not in calls}

    assert found - set(FOR_THE_TEAM) == set()


def test_the_sight_of_this_test_is_good():
    assert few_compared(ast.parse("hidden = base < 10")) == ["base < 10"]
    assert called(ast.parse("x = values.Suppressed(why)")) == {"Suppressed"}
    assert len(list(modules())) > 200
