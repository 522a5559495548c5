"""The checking table: the one way in for browser votes, imports and the demo."""

from collections.abc import Mapping
from typing import Any

from canvass.instrument.answers import Answer, AnswerRefused, Check, check_consent, check_of, consent_key
from canvass.instrument.model import Instrument


class AnswerFault(Exception):
    """An answer that cannot be stored. `item` is its id; `sentence` is for the person who answered."""

    def __init__(self, item: str, sentence: str) -> None:
        self.item = item
        self.sentence = sentence
        super().__init__(sentence)


class CheckingTable:
    """The checks of one instrument, made once and then used for every answer."""

    def __init__(self, instrument: Instrument) -> None:
        self._checks: dict[str, Check] = {}
        for item in instrument:
            self._checks[item.id] = check_of(item)
            if item.quote_consent:
                self._checks[consent_key(item)] = check_consent

    def check(self, item_id: str, raw: Any) -> Answer:
        """The stored form of an answer; None where nothing was answered.

        item_id: an item's id, or "<id>/quote_consent" for the box under a text that may be quoted. raw: the
        stored form, with numbers as text allowed and spaces, case and order not yet settled. An empty list
        for a multiple is an answer, "none chosen": hand in None where nothing was ticked. Raises AnswerFault.
        """
        check = self._checks.get(item_id)
        if check is None:
            raise AnswerFault(item_id, "This question is not part of the poll.")
        try:
            return check(raw)
        except AnswerRefused as refusal:
            raise AnswerFault(item_id, str(refusal)) from refusal

    def check_all(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The stored form of several answers, without those that are empty. Raises the first AnswerFault."""
        checked = {item_id: self.check(item_id, raw) for item_id, raw in answers.items()}
        return {item_id: value for item_id, value in checked.items() if value is not None}
