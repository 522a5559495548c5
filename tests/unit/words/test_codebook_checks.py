"""Four warnings on a codebook, at their limits."""

from canvass import words


def warned(answers_of, answers=100):
    return [(one.check, one.themes) for one in words.check_codebook(answers_of, answers)]


def test_a_sound_codebook_is_not_warned_of():
    assert warned({"pay": set(range(5)), "travel": set(range(5, 20))}) == []


def test_more_than_seventy_themes():
    themes = {
        f"{chr(97 + number % 26) * 3}{number}": set(range(number * 5, number * 5 + 5)) for number in range(71)
    }

    assert ("many", ()) in warned(themes)
    assert ("many", ()) not in warned(dict(list(themes.items())[:70]))


def test_few_answers_are_under_five_or_one_in_a_thousand():
    assert warned({"pay": {1, 2, 3, 4}}) == [("few", ("pay",))]
    assert warned({"pay": set(range(6))}, answers=6_000) == []
    assert warned({"pay": set(range(6))}, answers=6_001) == [("few", ("pay",))]


def test_alike_names_and_shared_answers():
    ten, others = set(range(10)), set(range(20, 30))

    assert warned({"Pay": ten, "pay ": others}) == [("names", ("Pay", "pay "))]
    assert warned({"caseload": ten, "caseloads": others}) == [("names", ("caseload", "caseloads"))]
    assert warned({"pay": ten, "hours": set(range(3, 10))}) == [("answers", ("hours", "pay"))]  # 7 of 10
    assert warned({"pay": ten, "hours": set(range(4, 10))}) == []


def test_warnings_are_sentences():
    found = words.check_codebook({"pay": {1}, "hours": set()}, 10)

    assert [one.sentence for one in found] == [
        '"hours" has no answers, fewer than 5. Merge it, or say in a memo why it stands alone.',
        '"pay" has one answer, fewer than 5. Merge it, or say in a memo why it stands alone.',
    ]
