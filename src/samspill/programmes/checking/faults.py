"""What is wrong with a blueprint, and where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One thing to mend. `line` is counted from 1, 0 when there is no file; the sentence is in the language
    that was active when it was found. An unfinished one may stay in a draft, but not in a release."""

    path: Path
    sentence: str
    line: int = 0
    where: str = ""
    unfinished: bool = False


def where(data: Any, path: Path) -> str:
    """The path as a person can follow it, things by their key: "gatherings[g1].items[g1-i3].minutes"."""
    words = ""
    for step in path:
        inside = _inside(data, step)
        if isinstance(step, int):
            key = inside.get("key") if isinstance(inside, Mapping) else None
            words += f"[{key if isinstance(key, str) and key else step + 1}]"
        else:
            words += f".{step}" if words else step
        data = inside
    return words


def _inside(data: Any, step: str | int) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None
