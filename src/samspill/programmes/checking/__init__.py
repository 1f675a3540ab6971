"""Everything that is wrong with a blueprint, and not only the first thing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from samspill.programmes.checking.faults import Fault, Path, where
from samspill.programmes.checking.reading import Source, read
from samspill.programmes.checking.rules import broken_rules, poll_rules
from samspill.programmes.checking.shape import blueprint_shape, item_shape, schema

__all__ = ["Checked", "Fault", "check_file", "faults_of", "item_faults", "schema"]


@dataclass(frozen=True)
class Checked:
    """A file that was read: its content if nothing is wrong with it, else None and every fault by line."""

    content: dict[str, Any] | None
    faults: tuple[Fault, ...]


def check_file(raw: bytes) -> Checked:
    """Read a YAML file and find every fault: in the YAML, against the schema, against our own rules.

    When the file breaks off in a way that cannot be guessed, what came before is still checked, but nothing
    is called missing.
    """
    source = read(raw)
    found = list(source.faults)
    if source.data is not None or source.complete:
        later = [*blueprint_shape(source.data, source.complete), *broken_rules(source.data)]
        if not source.complete:
            later = [fault for fault in later if _certain(fault, source)]
        found += [fault for fault in later if not _told(fault.path, source)]
    placed = [_placed(fault, source) for fault in found]
    ordered = tuple(sorted(placed, key=lambda fault: fault.line))
    content = source.data if not ordered and isinstance(source.data, dict) else None
    return Checked(content=content, faults=ordered)


def faults_of(content: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Every fault of content that comes from a form or the database; there are no lines."""
    found = [*blueprint_shape(content), *broken_rules(content)]
    return tuple(replace(fault, where=where(content, fault.path)) for fault in found)


def item_faults(item: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Every fault of one agenda item of a tailored programme, where texts need one language only."""
    activity = item.get("activity")
    found = [*item_shape(item)]
    if isinstance(activity, Mapping):
        found += poll_rules(activity, ("activity",))
    return tuple(replace(fault, where=where(item, fault.path)) for fault in found)


def _placed(fault: Fault, source: Source) -> Fault:
    line = fault.line or source.line(fault.path)
    path = tuple(step for step in fault.path if step != "again")
    return replace(fault, line=line, path=path, where=where(source.data, path))


def _told(path: Path, source: Source) -> bool:
    """Whether the part, or one it stands in, has a fault of its own in the YAML already."""
    return any(path[:length] in source.broken for length in range(1, len(path) + 1))


def _certain(fault: Fault, source: Source) -> bool:
    """In a file that broke off: whether the fault is of what is there, not of what may have come later."""
    last = max(source.lines.values(), default=0)
    return not fault.unfinished and fault.path in source.lines and source.lines[fault.path] < last
