"""The ballot's stylesheet, small enough to travel inside each page: one request shows a whole page.

It is allowed by its hash in the Content-Security-Policy; nothing else inline is.
"""

import hashlib
import re
from base64 import b64encode
from functools import cache
from importlib.resources import files
from string import Template

from canvass.figures.tokens import COLOURS, FONT_STACK

FONT = "/static/canvass/fonts/PublicSans-Variable.woff2"


@cache
def stylesheet() -> str:
    """The stylesheet with the colours it uses, without comments and spaces that say nothing."""
    source = files("canvass.fieldwork").joinpath("ballot.css").read_text(encoding="utf-8")
    used = sorted(set(re.findall(r"var\(--([a-z-]+)\)", source)))
    tokens = ";".join(f"--{name}:light-dark({COLOURS[name].light},{COLOURS[name].dark})" for name in used)
    return minified(Template(source).substitute(font=FONT, tokens=tokens, stack=FONT_STACK))


def minified(css: str) -> str:
    tight = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]|(?<=[a-z]):(?= )) ?", r"\1", tight).strip()


def csp_hash(css: str) -> str:
    """The source expression that allows exactly this <style>."""
    return f"'sha256-{b64encode(hashlib.sha256(css.encode()).digest()).decode()}'"
