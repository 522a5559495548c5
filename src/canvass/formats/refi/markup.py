"""XML in and out: no entities, no network, no DTD; and what XML cannot hold."""

import re
from typing import Any

from lxml import etree

from canvass.formats.refi.values import RefiError

type Element = Any  # lxml has no types of its own

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
MAX_DEPTH = 200
# What XML 1.0 cannot hold; and CR, which every parser turns into LF.
_FORBIDDEN = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse(data: bytes, root: str, *, name: str) -> Element:
    """The root element, whose local name must be `root`. Raises RefiError."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        found = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefiError(f"{name}: this is not readable as XML. Export it again.") from error
    if found.getroottree().docinfo.doctype:
        raise RefiError(f"{name}: it declares a document type, which no such file needs. Export it again.")
    if local(found) != root:
        raise RefiError(f"{name}: a {root} was expected, but this is a {local(found) or 'nameless thing'}.")
    return found


def local(element: Element) -> str:
    """The name without its namespace: programs differ in what they declare."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, *names: str) -> list[Element]:
    """Its direct children of these names, in order; none of nothing."""
    return [] if element is None else [child for child in element if local(child) in names]


def child(element: Element | None, name: str) -> Element | None:
    found = children(element, name)
    return found[0] if found else None


def words(element: Element | None, name: str) -> str:
    """The text of a child; "" where it has none."""
    found = child(element, name)
    return "" if found is None else "".join(found.itertext())


def has_forbidden(text: str) -> bool:
    """Whether XML cannot hold this text as it is."""
    return bool(_FORBIDDEN.search(text))


def add(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    """A new child in the parent's namespace; attributes that are "" are left out."""
    space = parent.tag.rpartition("}")[0] + "}"
    made = etree.SubElement(parent, space + tag, {key: said for key, said in attributes.items() if said})
    if text:
        made.text = text
    return made


def root(space: str, tag: str, /, **attributes: str) -> Element:
    return etree.Element(f"{{{space}}}{tag}", {key: said for key, said in attributes.items() if said},
                         nsmap={None: space})  # fmt: skip


def written(element: Element) -> bytes:
    etree.indent(element)
    made: bytes = etree.tostring(element, xml_declaration=True, encoding="utf-8")
    return made + b"\n"
