"""Numbers and dates as people read them. Every page, figure and document says them by these functions.

Rounding is half up on the unrounded value; sums are never forced to 100.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from unicodedata import bidirectional

_ALL_DIGITS = Context(prec=400)  # of the largest float, and decimals
ABSENT = "–"
MINUS = "\N{MINUS SIGN}"

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

_TURNS = frozenset(("R", "AL", "RLE", "RLO", "LRE", "LRO", "RLI", "LRI", "FSI", "PDF", "PDI"))


def rounded(value: float, places: int = 0) -> Decimal:
    """`value` rounded half up to `places` decimals, as its shortest text says it: 0.285 is 0.285."""
    step = Decimal(1).scaleb(-places)
    result = Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP, context=_ALL_DIGITS)
    return abs(result) if result == 0 else result


def whole_percent(share: float) -> int:
    """A share of 0 to 1 as a whole per cent: 0.6741 is 67."""
    hundred = Decimal(repr(float(share))) * 100
    return int(hundred.quantize(Decimal(1), rounding=ROUND_HALF_UP, context=_ALL_DIGITS))


def percent(share: float | None) -> str:
    """A share of 0 to 1 as "67%"; "<1%" where some round to none; a dash where it was not computed."""
    if share is None:
        return ABSENT
    return "<1%" if share > 0 and whole_percent(share) == 0 else limit(share)


def percent_in_words(share: float | None) -> str:
    """`percent` for running text: "fewer than 1%"."""
    return percent(share).replace("<", "fewer than ")


def limit(share: float) -> str:
    """An end of an interval, or a level, as a whole per cent: 0.003 is "0%"."""
    return f"{whole_percent(share)}%"


def whole(number: int) -> str:
    """A whole number with its thousands apart: 1,237."""
    return f"{number:,}"


def mean(value: float | None) -> str:
    """A mean or mean rank to one decimal: 8.1."""
    return ABSENT if value is None else written(rounded(value, 1))


def quantity(value: float | None) -> str:
    """A number that somebody gave, or a median: whole where it is whole, else to one decimal."""
    if value is None:
        return ABSENT
    tenth = rounded(value, 1)
    return written(tenth.to_integral_value() if tenth == tenth.to_integral_value() else tenth)


def written(number: Decimal) -> str:
    """A rounded number with its thousands apart and a true minus sign: −1,237.5."""
    return f"{number:,f}".replace("-", MINUS)


def points(difference: float, places: int = 1) -> str:
    """A difference of two shares in percentage points, always signed: "+3.2", "−0.4", "0.0"."""
    return signed(difference * 100, places)


def signed(difference: float, places: int = 1) -> str:
    """A difference with its sign: "+0.3", "−0.5", "0.0"."""
    found = rounded(difference, places)
    return f"+{written(found)}" if found > 0 else written(found)


def p_value(p: float | None) -> str:
    """The p of a test: "p = 0.031", "p < 0.001"; "no test" where none was made."""
    if p is None:
        return "no test"
    return "p < 0.001" if p < 0.001 else f"p = {rounded(p, 3)}"


def people(number: int) -> str:
    """A count of people: "1 person", "1,237 people"."""
    return f"{whole(number)} {'person' if number == 1 else 'people'}"


def small_number(number: int) -> str:
    """A count in running text: up to ten in words, "no" for none, then in digits."""
    return _SMALL_NUMBERS[number] if 0 <= number < len(_SMALL_NUMBERS) else whole(number)


def percent_range(low: float | None, high: float | None) -> str:
    """An interval of shares: "59% to 75%"; "" where it was not computed."""
    return "" if low is None or high is None else f"{limit(low)} to {limit(high)}"


def mean_range(low: float | None, high: float | None) -> str:
    """An interval of means: "7.8 to 8.4"; "" where it was not computed."""
    return "" if low is None or high is None else f"{mean(low)} to {mean(high)}"


def day(when: date) -> str:
    """A day: "18 January 2022"."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month(when: date) -> str:
    """A month: "January 2022"."""
    return f"{_MONTHS[when.month - 1]} {when.year}"


def short_month(when: date) -> str:
    """A month where there is little room: "Jan 2022"."""
    return f"{_MONTHS[when.month - 1][:3]} {when.year}"


def days(first: date, last: date) -> str:
    """A stretch of days, saying nothing twice: "18 January to 1 February 2022", "9 to 30 August 2021"."""
    if first == last:
        return day(last)
    if first.year != last.year:
        return f"{day(first)} to {day(last)}"
    if first.month != last.month:
        return f"{first.day} {_MONTHS[first.month - 1]} to {day(last)}"
    return f"{first.day} to {day(last)}"


def listed(parts: tuple[str, ...] | list[str], last: str = "and") -> str:
    """Words in a row: "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def participation(mailed: int | None, took_part: int) -> str:
    """Who took part of whom: "1,237 mailed, 135 took part (10.9%)"; never called a response rate."""
    if not mailed:
        return f"{whole(took_part)} took part (the number mailed is not known)"
    return f"{whole(mailed)} mailed, {whole(took_part)} took part ({rate(took_part / mailed)})"


def rate(share: float | None) -> str:
    """A part of people who went on, to one decimal: "10.9%"; a dash where it was not computed."""
    return ABSENT if share is None else f"{rounded(100 * share, 1)}%"


def quoted(label: str) -> str:
    """A label in quotation marks, without the full stop at its end.

    One that is written from right to left, or holds marks of direction, is isolated (Unicode Annex 9), so
    that it does not turn round the words after it.
    """
    words = label.strip().rstrip(".")
    return f"“\u2068{words}\u2069”" if _TURNS.intersection(map(bidirectional, words)) else f"“{words}”"


def capital(sentence: str) -> str:
    """The sentence with a capital at its start, inside a quotation mark too."""
    first = 1 if sentence.startswith("“") else 0
    return sentence[:first] + sentence[first : first + 1].upper() + sentence[first + 1 :]
