"""What a command says when it cannot do what it was asked."""

import sys

import click

# Errors of the rooms below that are sentences for a person. Looked up in modules that are already loaded: an
# error cannot come from a module that is not.
SENTENCES = (
    "canvass.instrument:PollFileError",
    "canvass.formats:UnreadableTable",
    "canvass.formats:UnwritableTable",
    "canvass.instrument.answers_file:AnswersFileError",
    "canvass.library.shelf:ShelfDamaged",
    "canvass.panel.refusals:PanelRefusal",
    "canvass.polls.states:PollRefused",
    "canvass.statistics:DesignError",
    "canvass.statistics:WeightingError",
    "canvass.tables:TabulationRefused",
    "canvass.team.services:TeamRefusal",
    "canvass.warehouse:WarehouseDamaged",
    "canvass.words:ThemesRefused",
    "canvass.words.embedding:TableDamaged",
    "canvass.warehouse.inference:ColumnUnfit",
    "canvass.datafolder.folder:DataFolderError",
)


class Refused(click.ClickException):
    """One plain sentence (or several lines, one a fault) on stderr; the command exits with 2."""

    exit_code = 2


def known_errors() -> tuple[type[Exception], ...]:
    """The classes of error that end a command with their sentence instead of a traceback."""
    places = (place.partition(":") for place in SENTENCES)
    return tuple(getattr(sys.modules[module], name) for module, _, name in places if module in sys.modules)


def sentence(error: click.ClickException) -> str:
    """What is wrong and, for a command written wrongly, where help is."""
    said = error.format_message()
    context = getattr(error, "ctx", None)
    return f"{said} See {context.command_path} --help." if context is not None else said
