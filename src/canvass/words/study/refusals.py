"""The two ways in which an act does not count."""


class StudyRefused(Exception):
    """Why an act cannot be done, in one sentence with what to do. Nothing is stored."""


class Rests(Exception):
    """Why an act that is in the log does not count now: what it builds on was undone, or is not there.

    It counts again by itself as soon as what it builds on is back.
    """
