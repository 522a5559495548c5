"""Text into the pieces of a vocabulary, as BERT's uncased WordPiece does it.

Method: Devlin et al. 2019; Wu et al. 2016 (greedy, longest piece first). Letters are lowered and lose their
accents, punctuation and CJK signs stand alone, and a word that no pieces make up is one unknown piece.
"""

import re
import unicodedata
from collections.abc import Iterable

LONGEST_WORD = 100  # characters; a longer one is unknown, as in BERT
CONTINUED = "##"
STEERING = ("Cc", "Cf", "Co")  # controls, formats, private use: they are no letters
ASCII_WORDS = re.compile(r"[a-z0-9]+|[!-/:-@\[-`{-~]")
CJK = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0x2F800, 0x2FA1F),
)


class WordPiece:
    """A vocabulary that texts are cut into. Words that were cut before are remembered."""

    def __init__(self, vocabulary: Iterable[str], unknown: str = "[UNK]") -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = (self._numbers[unknown],)
        self._longest = max(map(len, self._numbers))
        self._known: dict[str, tuple[int, ...]] = {}

    def pieces(self, text: str) -> list[int]:
        """The numbers of a text's pieces, in order; without the marks that begin and end a text in BERT."""
        found: list[int] = []
        for word in words(text):
            numbers = self._known.get(word)
            if numbers is None:
                numbers = self._known[word] = self._cut(word)
            found.extend(numbers)
        return found

    def mark(self, name: str) -> int:
        """The number of a mark such as [CLS], which no text is cut into."""
        return self._numbers[name]

    def _cut(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return self._unknown
        numbers: list[int] = []
        start = 0
        while start < len(word):
            mark = CONTINUED if start else ""
            for end in range(min(len(word), start + self._longest), start, -1):
                number = self._numbers.get(mark + word[start:end])
                if number is not None:
                    break
            else:
                return self._unknown
            numbers.append(number)
            start = end
        return tuple(numbers)


def words(text: str) -> list[str]:
    """The words and signs that pieces are looked for in."""
    if text.isascii() and text.isprintable():
        return ASCII_WORDS.findall(text.lower())
    spaced = "".join(map(_spaced, text))
    plain = "".join(
        sign for sign in unicodedata.normalize("NFD", spaced) if unicodedata.category(sign) != "Mn"
    )
    return "".join(f" {sign} " if _stands_alone(sign) else sign for sign in plain.lower()).split()


def _spaced(sign: str) -> str:
    """A sign as it stands, a space, nothing where it only steers, or apart from others where it is CJK."""
    if sign in "\t\n\r" or unicodedata.category(sign) == "Zs":
        return " "
    if sign == "\ufffd" or unicodedata.category(sign) in STEERING:
        return ""
    return f" {sign} " if any(low <= ord(sign) <= high for low, high in CJK) else sign


def _stands_alone(sign: str) -> bool:
    if sign.isascii():
        return not sign.isalnum() and not sign.isspace()
    return unicodedata.category(sign)[0] == "P"
