"""The page on which the holder of a receipt withdraws an anonymous ballot: GET shows it, POST does it."""

from html import escape

from canvass.fieldwork import sentences
from canvass.fieldwork.ballotkeys import read_receipt
from canvass.fieldwork.directory import Directory
from canvass.fieldwork.fields import Form
from canvass.fieldwork.groupcommit import GroupCommit
from canvass.fieldwork.page import Frame, button, calm, form
from canvass.fieldwork.sentences import Message


class WithdrawalPage:
    def __init__(self, directory: Directory, withdrawals: GroupCommit[tuple[int, int, str], bool]) -> None:
        self._directory = directory
        self._withdrawals = withdrawals
        self.frame = Frame("Canvass")

    async def delete(self, ballot: tuple[int, int, str]) -> bool:
        """Delete a ballot, given as (panel, poll, key), and count it. Raises QueueFull, WorkFailed."""
        return await self._withdrawals.submit(ballot)

    def shown(self, message: Message = sentences.RECEIPT_ASKED, filled: Form | None = None) -> str:
        """The page that says this, with the field and what was typed in it, unless all is done."""
        asks = message is not sentences.WITHDRAWN
        typed = _typed(filled or {})
        return calm(self.frame, message, form(_field(typed), button("Withdraw my answers")) if asks else "")

    async def withdraw(self, filled: Form) -> Message:
        """Delete the ballot that the typed receipt names, if there is one. Raises QueueFull, WorkFailed."""
        read = read_receipt(_typed(filled))
        known = await self._directory.find(read[0]) if read else None
        if read is None or known is None:
            return sentences.RECEIPT_UNKNOWN
        if known.keys is None:
            return sentences.APART
        ballot = (known.window.panel_id, known.window.poll, known.keys.receipt(read[1]))
        done = await self.delete(ballot)
        return sentences.WITHDRAWN if done else sentences.RECEIPT_UNKNOWN


def _typed(filled: Form) -> str:
    return "".join(filled.get("receipt", ()))


def _field(typed: str) -> str:
    fault = " aria-invalid=true" if typed else ""
    return (
        "<p class=place><label for=receipt>Your receipt</label>"
        f'<input type=text name=receipt id=receipt value="{escape(typed)}"{fault} '
        "autocapitalize=characters spellcheck=false></p>"
    )
