"""What a count of people may be called: always "n of N", with a word beside it where the table allows one.

People are counted, not mentions, among those whose answers to the question had substance. A share is printed
from `FEWEST_FOR_PERCENT` on. Not mentioning is not disagreeing, so no sentence here says "only".
"""

from dataclasses import dataclass

FEWEST_FOR_PERCENT = 50  # answers; below it "8 of 11" and no share
FEWEST_FOR_MOST = 20  # answers; below it neither "most" nor "about half"
FEWEST_FOR_MANY = 10  # people
FEWEST_FOR_COMMON = 5  # people


@dataclass(frozen=True, slots=True)
class Mentions:
    """n of N people. Raises ValueError unless 0 <= n <= of."""

    n: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.n <= self.of:
            raise ValueError(f"{self.n} of {self.of} people cannot be.")

    @property
    def share(self) -> float:
        """0..1; 0 of nobody is 0."""
        return self.n / self.of if self.of else 0.0

    def __str__(self) -> str:
        figure = f"{self.n:,} of {self.of:,}"
        return f"{figure} ({self.share:.0%})" if self.of >= FEWEST_FOR_PERCENT else figure


@dataclass(frozen=True, slots=True)
class Rule:
    """When a word may be used, said as the method note prints it."""

    word: str
    when: str


WORDS = (
    Rule("one", "exactly 1"),
    Rule("a couple", "exactly 2"),
    Rule("a few", "3 or 4"),
    Rule("several", "5 to 9, and under a quarter"),
    Rule("some", "3 or more, and under two in five"),
    Rule("many", f"{FEWEST_FOR_MANY} or more, and a quarter to a half"),
    Rule("about half", f"45% to 55% of {FEWEST_FOR_MOST} or more"),
    Rule("most", f"more than half of {FEWEST_FOR_MOST} or more"),
)

_JOINED = {"a couple": " of ", "most": " of the ", "about half": " of the "}


def allowed(mentions: Mentions) -> tuple[str, ...]:
    """The words that may be used for it, the most telling first; none where only the figure may stand."""
    n, of, share = mentions.n, mentions.of, mentions.share
    large = of >= FEWEST_FOR_MOST
    rules = {
        "one": n == 1,
        "a couple": n == 2,
        "about half": large and 0.45 <= share <= 0.55,
        "most": large and share > 0.5,
        "many": n >= FEWEST_FOR_MANY and 0.25 <= share <= 0.5,
        "several": 5 <= n <= 9 and share < 0.25,
        "a few": 3 <= n <= 4,
        "some": n >= 3 and share < 0.4,
    }
    return tuple(word for word, holds in rules.items() if holds)


def worded(mentions: Mentions, *, people: str = "people") -> str:
    """The word and the figure: "several people (6 of 61, 10%)"; the figure alone where no word may stand."""
    words = allowed(mentions)
    if not words:
        return f"{mentions} {people}" if mentions.n else f"none of {mentions.of:,} {people}"
    figure = str(mentions).replace(" (", ", ").replace(")", "")
    if words[0] == "one":
        return f"one person ({figure})"
    return f"{words[0]}{_JOINED.get(words[0], ' ')}{people} ({figure})"


def common(themes: dict[str, Mentions]) -> tuple[str, ...]:
    """The themes that may be called common: the top third by people, ties in, of five people or more."""
    ordered = sorted((mentions.n for mentions in themes.values()), reverse=True)
    if not ordered:
        return ()
    least = max(ordered[(len(ordered) - 1) // 3], FEWEST_FOR_COMMON)
    return tuple(name for name, mentions in themes.items() if mentions.n >= least)
