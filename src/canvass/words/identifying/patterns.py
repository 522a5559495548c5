"""What is known by its shape: addresses, telephone and other numbers, titles, kinds of organisation."""

import re
from collections.abc import Iterator

from canvass.words.identifying.hits import Hit

_NAME = r"[A-Z][\w'’-]*[a-z][\w'’-]*"  # a word with a capital that is not all capitals
_PLACE = rf"{_NAME}(?:(?:[ ](?:and|with|of|the|upon|on|&))*[ -]{_NAME}){{0,4}}"

_SHAPES = (
    ("contact", "looks like an e-mail address", r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    ("contact", "looks like a web address", r"(?:https?://|www\.)\S*[\w/]"),
    ("contact", "looks like a user name", r"(?<![\w@.])@[A-Za-z]\w{2,}"),
    (
        "contact",
        "looks like a telephone number",
        r"(?<![\w.])(?:\+44[ -]?(?:\(0\))?|0)\d(?:[ -]?\d){8,9}(?!\w)",
    ),
    (
        "place",
        "looks like a postcode",
        r"""(?<!\w)(?: [A-Z]{1,2}\d[A-Z\d]?[ ]?\d[A-Z]{2} | [a-z]{1,2}\d[a-z\d]?[ ]\d[a-z]{2} )(?!\w)""",
    ),
    (
        "place",
        "looks like a street",
        rf"""(?<!\w)(?:\d{{1,4}}[a-zA-Z]?[ ])?(?:{_NAME}[ ]){{1,3}}
        (?:Road|Street|Avenue|Lane|Close|Drive|Crescent|Terrace|Gardens|House)(?!\w)""",
    ),
    (
        "number",
        "looks like a National Insurance number",
        r"(?<!\w)[A-Za-z]{2}[ ]?\d\d[ ]?\d\d[ ]?\d\d[ ]?[A-Da-d](?!\w)",
    ),
    ("number", "looks like a social work registration", r"(?<!\w)SW[ ]?\d{4,7}(?!\w)"),
    (
        "number",
        "looks like a date of birth",
        r"(?i:born(?:[ ]on)?|d\.?o\.?b\.?:?)[ ]\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)",
    ),
    (
        "number",
        "looks like a case or reference number",
        r"""(?<!\w)(?i:ref(?:erence)?|case|id)(?:[ ](?:no|number))?[.:]?[ ]?\#?(?=[\w/-]*\d)[\w/-]{4,}""",
    ),
    (
        "person",
        "follows a title",
        rf"""(?<!\w)(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Judge|Justice|Sir|Dame|Lady|Lord|Rev
        |Sister|Sgt|DC|PC)\.?[ ](?:{_NAME}|[A-Z])(?:[ ]{_NAME})?""",
    ),
    (
        "organisation",
        "is called as an organisation is",
        rf"""(?<!\w){_PLACE}[ ](?:
        (?:(?:County|City|Borough|District|Metropolitan|Community|Unitary)[ ])*Council|Borough
        |Children['’]s[ ](?:Services|Trust|Centre)|Family[ ]Hub
        |(?:University[ ])?Hospitals?|Infirmary|(?:NHS[ ])?(?:Foundation[ ])?Trust
        |University|Academy|College|Nursery
        |(?:(?:Primary|Secondary|High|Grammar|Infant|Junior|Special)[ ])*School
        |Ltd|Limited|LLP|PLC|plc|CIC)(?!\w)""",
    ),
    (
        "organisation",
        "is called as an organisation is",
        rf"(?<!\w)(?:University|Borough|Diocese|City)[ ]of[ ]{_PLACE}(?!\w)",
    ),
)
_COMPILED = tuple((kind, why, re.compile(pattern, re.VERBOSE)) for kind, why, pattern in _SHAPES)
_TEN_DIGITS = re.compile(r"(?<!\d)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_FIRST_WORDS = re.compile(
    r"(?:The|My|Our|Your|Their|His|Her|This|That|A|An|At|In|When|And|But|From|For|Since) "
)


def shaped(text: str) -> Iterator[Hit]:
    """Hits by shape."""
    for kind, why, pattern in _COMPILED:
        for found in pattern.finditer(text):
            start = found.start()
            if kind == "organisation" and (first := _FIRST_WORDS.match(text, start, found.end())):
                start = first.end()
                if not pattern.match(text, start):
                    continue
            yield Hit(start, found.end(), kind, why)
    for found in _TEN_DIGITS.finditer(text):
        if is_nhs_number(re.sub(r"\D", "", found[0])):
            yield Hit(found.start(), found.end(), "number", "looks like an NHS number")


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits end as the check digit of an NHS number says (modulus 11, NHS Data Dictionary)."""
    check = (
        11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    )
    return check % 11 == int(digits[9]) and check != 10
