"""What holds for any poll, any answer and any text."""

import json
import string

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.instrument.polls import EVERY_KIND, HEAD, faults_of, reference_example

from canvass import instrument

TABLE = instrument.CheckingTable(EVERY_KIND)
words = st.text(alphabet=string.ascii_lowercase + " ", min_size=1, max_size=12).map(str.strip).filter(bool)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=6,
)
likely = {
    "one": st.sampled_from(["tea", "coffee", "else", {"other": "x"}, {"missing": "prefer_not_to_say"}]),
    "many": st.lists(st.sampled_from(["tea", "coffee", "none", "else", {"other": " x "}]), max_size=5),
    "rate": st.integers(-1, 11) | st.integers(-1, 11).map(str),
    "count": st.floats(-1, 300) | st.integers(-1, 300).map(str),
    "rates": st.dictionaries(st.sampled_from(["Pay", "geo"]), st.integers(0, 11) | st.none()),
    "times": st.dictionaries(st.sampled_from(["x", "y"]), st.sampled_from(["much", "right", ""])),
    "order": st.lists(st.sampled_from(["A", "B", "C"]), max_size=4),
    "why": st.text(max_size=30),
}
answers = st.sampled_from(sorted(likely)).flatmap(
    lambda item: st.tuples(st.just(item), likely[item] | json_values)
)


def stored(item, raw):
    try:
        return TABLE.check(item, raw)
    except instrument.AnswerFault:
        return None


@settings(max_examples=400)
@given(answers)
def test_what_is_stored_is_stored_again_as_it_is(answer):
    item, raw = answer

    once = stored(item, raw)

    assert TABLE.check(item, once) == once


@settings(max_examples=400)
@given(answers)
def test_what_is_stored_survives_json(answer):
    once = stored(*answer)

    assert json.loads(json.dumps(once)) == once


def is_told_plainly(fault):
    return fault.line >= 1 and bool(fault.problem) and bool(fault.remedy)


@given(st.text(max_size=200))
def test_any_text_is_a_poll_or_has_faults(text):
    assert all(is_told_plainly(fault) for fault in faults_of(text))


@given(st.text(alphabet="abc:- \n[]{}\"'&*!|>%#,?1", max_size=80))
def test_any_tangle_of_yaml_marks_is_a_poll_or_has_faults(tangle):
    assert all(is_told_plainly(fault) for fault in faults_of(HEAD + tangle))


EXAMPLE = reference_example()


@given(st.integers(0, len(EXAMPLE) - 1), st.integers(0, 6), st.text(max_size=6))
def test_a_poll_file_with_a_slip_is_a_poll_or_has_faults(place, cut, slip):
    assert all(is_told_plainly(fault) for fault in faults_of(EXAMPLE[:place] + slip + EXAMPLE[place + cut :]))


@given(json_values)
def test_any_structure_is_a_poll_or_has_faults(value):
    told = {"poll": "p", "title": "T", "category": "c", "items": [value]}

    faults = faults_of(yaml.safe_dump(told, allow_unicode=True))

    assert faults
    assert all(is_told_plainly(fault) for fault in faults)


@given(st.text(alphabet='q "yesno=!<>()[]andortincludes5.\\-_,', max_size=60))
def test_any_text_of_ask_if_is_a_condition_or_a_fault_of_its_item(text):
    item = json.dumps({"id": "z", "kind": "text", "text": "Why", "ask_if": text})
    q = '{id: q, kind: single, text: Which, options: ["yes", "no"]}'

    faults = faults_of(f"{HEAD}  - {q}\n  - {item}\n")

    assert {fault.item for fault in faults} <= {"z"}


@given(st.lists(words, min_size=2, max_size=6, unique_by=str.casefold), st.integers(0, 5))
def test_a_frozen_poll_comes_back_the_same(labels, chosen):
    ask = f"q == {json.dumps(labels[chosen % len(labels)])}"
    items = [
        {"id": "q", "kind": "single", "text": "Which", "options": labels},
        {"id": "z", "kind": "rating", "text": "How", "ask_if": ask, "scale": {"from": "1", "to": "5"}},
    ]
    poll = instrument.load(yaml.safe_dump({"poll": "p", "title": "T", "category": "c", "items": items}))

    assert instrument.restore(json.loads(json.dumps(instrument.dump(poll)))) == poll


leaf = st.sampled_from(['a == "x"', 'a != "x"', 'a in ["x", "y"]', "b > 3", "b <= 3", 'm includes "p"'])
conditions = st.recursive(
    leaf,
    lambda inner: (
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda three: f"({' '.join(three)})")
        | inner.map(lambda one: f"not ({one})")
    ),
    max_leaves=6,
)
given_answers = st.fixed_dictionaries(
    {},
    optional={
        "a": st.sampled_from(["x", "y"]),
        "b": st.integers(0, 10),
        "m": st.lists(st.sampled_from(["p", "q"]), unique=True),
        "z": st.just("left behind"),
    },
)


def routed(condition):
    return instrument.load(
        HEAD
        + "  - {id: a, kind: single, text: Which, options: [x, y]}\n"
        + "  - {id: b, kind: rating, text: How, ask_if: 'a == \"x\"'}\n"
        + "  - {id: m, kind: multiple, text: Which, options: [p, q]}\n"
        + f"  - {{id: z, kind: text, text: Why, ask_if: {json.dumps(condition)}}}\n"
    )


@given(conditions)
def test_a_condition_reads_the_same_when_written_out(condition):
    poll = routed(condition)

    again = routed(str(poll.item("z").ask_if))

    assert again == poll


LEAVES = {
    'a == "x"': lambda told: told.get("a") == "x",
    'a != "x"': lambda told: told.get("a", "x") != "x",
    'm includes "p"': lambda told: "p" in told.get("m", []),
}
joined = st.lists(
    st.tuples(
        st.sampled_from(["", "not ", "not not "]),
        st.sampled_from(sorted(LEAVES)),
        st.sampled_from(["and", "or"]),
    ),
    min_size=1,
    max_size=6,
)


@given(joined, given_answers)
def test_not_and_or_bind_as_they_do_in_python(parts, given):
    """Python's own precedence is the reference; the leaves are put in as True and False."""
    text = " ".join(f"{denied}{leaf} {word}" for denied, leaf, word in parts).rsplit(" ", 1)[0]
    truth = " ".join(f"{denied}{LEAVES[leaf](given)} {word}" for denied, leaf, word in parts).rsplit(" ", 1)[
        0
    ]

    asked = instrument.asked(routed(text), given)

    assert ("z" in asked) == eval(truth)


@given(conditions, given_answers)
def test_an_answer_to_an_item_not_asked_changes_nothing(condition, given):
    poll = routed(condition)

    counting = instrument.live(poll, given)

    assert set(counting) == set(given) & set(instrument.asked(poll, given))
    assert instrument.asked(poll, counting) == instrument.asked(poll, given)


@given(conditions, given_answers)
def test_pages_forward_and_back_are_the_pages_of_what_is_asked(condition, given):
    routing = instrument.Routing(routed(condition))

    forward, page = [], routing.next_page(given)
    while page is not None:
        forward.append(page)
        page = routing.next_page(given, page)

    assert tuple(routing.pages[page][0] for page in forward) == routing.walk(given)[0]
    assert [routing.previous_page(given, page) for page in forward[1:]] == forward[:-1]
