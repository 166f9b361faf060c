"""JSON with something in it that should not be there, for readers that have to refuse it."""

from __future__ import annotations

import random
from typing import Any


def alter(value: Any, chance: random.Random) -> Any:
    """Return JSON with one value in it replaced or left out."""
    if isinstance(value, dict) and value and chance.random() < 0.9:
        key = chance.choice(list(value))
        if chance.random() < 0.2:
            return {name: each for name, each in value.items() if name != key}
        return {**value, key: alter(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.9:
        place = chance.randrange(len(value))
        return [*value[:place], alter(value[place], chance), *value[place + 1 :]]
    return chance.choice([None, True, -1, 3, 2.5, "", "x", [], {}, [1], {"a": "b"}, 10**30])
