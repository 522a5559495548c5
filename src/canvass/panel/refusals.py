"""Why the panel refuses, as sentences for the reader."""


class PanelRefusal(Exception):
    """A sentence for the reader: why this cannot be done and what to do. `field` names the input, if one."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class TooManySignUps(PanelRefusal):
    """Asked too often from one network; the reader may try again later."""
