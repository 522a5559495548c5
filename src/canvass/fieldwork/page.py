"""The frame of every ballot page: head, brand line, progress, foot; and its headers."""

from dataclasses import dataclass, field
from html import escape

from django.conf import settings

from canvass.fieldwork.sentences import Message
from canvass.fieldwork.stylesheet import csp_hash, stylesheet

DEMO = "<p class=demo>This is the demo: its people, polls and answers are made up.</p>"
SLOT = "\0slot\0"  # no poll file can hold it

type Halves = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Frame:
    """What the pages of one poll version have in common."""

    brand: str
    rules: str = ""  # the follow-ups' own stylesheet
    policy: bytes = field(init=False)

    def __post_init__(self) -> None:
        sources = [csp_hash(css) for css in (stylesheet(), self.rules) if css]
        policy = (
            f"default-src 'none'; style-src {' '.join(sources)}; font-src 'self'; img-src 'self' data:; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        object.__setattr__(self, "policy", policy.encode())

    def page(self, title: str, main: str, *, step: tuple[int, int] | None = None, kind: str = "") -> str:
        """A whole page; `step` is (page, of pages)."""
        rules = f"<style>{self.rules}</style>" if self.rules else ""
        beside = f"<p class=step>{step[0]} of {step[1]}</p>" if step else ""
        bar = f'<progress value={step[0]} max={step[1]} aria-label="Progress"></progress>' if step else ""
        demo = DEMO if settings.DEMO else ""
        return (
            "<!doctype html><html lang=en-GB><meta charset=utf-8>"
            '<meta name=viewport content="width=device-width,initial-scale=1">'
            f"<meta name=robots content=noindex><link rel=icon href=data:,><title>{escape(title)}</title>"
            f"<style>{stylesheet()}</style>{rules}"
            f"<body><header><div><p class=brand>{escape(self.brand)}</p>{beside}</div>{demo}{bar}</header>"
            f"<main><div{f' class={kind}' if kind else ''}>{main}</div></main>"
        )


def halves(page: str) -> Halves:
    """The page cut at its slot, so that a person's stamp can be put in without making it again."""
    before, _, after = page.partition(SLOT)
    return before.encode(), after.encode()


def hidden(name: str, value: str) -> str:
    return f'<input type=hidden name="{escape(name)}" value="{escape(value)}">'


def calm(frame: Frame, message: Message, more: str = "") -> str:
    """A page that says one thing. `more` is HTML after it."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in message.lines)
    title = f"{message.title} - {frame.brand}"
    return frame.page(title, f"<h1>{escape(message.title)}</h1>{lines}{more}", kind="calm")


def button(label: str, *, go: str = "", main: bool = True) -> str:
    name = f' name=go value="{go}"' if go else ""
    return f"<button{' class=go' if main else ''}{name}>{escape(label)}</button>"


def form(*parts: str, action: str = "") -> str:
    """A form that posts to its own address."""
    where = f' action="{escape(action)}"' if action else ""
    return f"<form method=post{where} novalidate autocomplete=off>{''.join(parts)}</form>"
