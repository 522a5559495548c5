"""Answers in an order in which what is alike stands together. It is for reading; themes are people’s."""

from collections.abc import Sequence

from canvass import words
from canvass.words.study import Corpus


def reading_order(corpus: Corpus) -> list[str]:
    """The ids, question by question; the same answers in the same order every time."""
    by_question: dict[str, list[str]] = {}
    for answer in corpus:
        by_question.setdefault(answer.question, []).append(answer.id)
    return [answer for ids in by_question.values() for answer in _alike([*ids], corpus)]


def _alike(ids: Sequence[str], corpus: Corpus) -> list[str]:
    texts = [corpus.answer(answer).text for answer in ids]
    if len(texts) < 3:
        return list(ids)
    return [ids[place] for place in words.grouping(texts, words.space(texts)).order]
