"""Seeded chance: the same words give the same draws on every machine."""

import random


def seeded(*words: object) -> random.Random:
    return random.Random("/".join(map(str, words)))  # noqa: S311  # a demo is no secret
