"""Conditions of `ask_if`, as a tree."""


class Condition:
    """Replaced by the real tree."""
