"""A YAML file as plain data with the line of every part, and what makes it no proper YAML.

Only what a blueprint needs is read: mappings, lists, texts, numbers, true and false. Aliases and tags are
refused, so that a small file can neither grow without bound nor make anything but data.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamStartEvent,
)

from samspill.programmes.checking.faults import Fault, Path

LARGEST = 1024 * 1024  # bytes; the reference blueprint has a tenth of that
DEEPEST = 20
MOST_REPAIRS = 25
NOT_TEXT = ((b"%PDF-", "PDF"), (b"PK\x03\x04", "Word, Excel or ZIP"), (b"\xd0\xcf\x11\xe0", "Word or Excel"))
TEXT_TAGS = frozenset({"tag:yaml.org,2002:str", "!"})
VALUE_IN_LINE = re.compile(r"^(\s*(?:- +)*[^\s:#'\"][^:#]*: +)([^'\"|>\[{&*!#].*)$")
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
DECIMAL = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{0,15}")
HINTS = (
    ("mapping values are not allowed", "colon"),
    ("found character '\\t'", "tab"),
    ("while scanning a quoted scalar", "quote"),
    ("expected <block end>", "indent"),
    ("could not find expected ':'", "no_colon"),
)


@dataclass
class Source:
    """What was read: `lines` has the line of every part by its path, `complete` is False if it broke off."""

    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    broken: set[Path] = field(default_factory=set)  # has its fault already; nothing more is said about it
    complete: bool = True

    def line(self, path: Path) -> int:
        """The line of the part, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: Path, line: int, sentence: str) -> None:
        self.faults.append(Fault(path=path, sentence=sentence, line=line))
        self.broken.add(path)


class _Stop(Exception):
    pass


def read(raw: bytes) -> Source:
    """The file's data. A fault in the YAML itself is mended for the moment, where that can be guessed, so
    that the faults behind it are found in the same go."""
    source = Source()
    if len(raw) > LARGEST:
        source.fault(
            (), 0, _("The file is larger than 1 MB. A blueprint is text only; this is something else.")
        )
        source.complete = False
        return source
    if no_text := _no_text(raw):
        source.fault((), 1, no_text)
        source.complete = False
        return source
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        source.fault((), line, _("The file is not in UTF-8. Save it again and choose UTF-8 as the encoding."))
        source.complete = False
        return source
    return _read_with_repairs(text)


def _no_text(raw: bytes) -> str:
    """What an empty file, or one that is another kind than its name says, is told; "" for all others."""
    if not raw.strip():
        return _("The file is empty.")
    kind = next((kind for start, kind in NOT_TEXT if raw.startswith(start)), None)
    if kind is None:
        return ""
    return _("This is a %(kind)s file, whatever its name says. A blueprint is plain text in YAML.") % {
        "kind": kind
    }


def _read_with_repairs(text: str) -> Source:
    found: list[Fault] = []
    lines = text.split("\n")
    while True:
        source, error = _read_once("\n".join(lines))
        if error is None:
            break
        line, hint = _syntax(error)
        repaired = _repaired(lines[line - 1]) if 0 < line <= len(lines) else None
        if hint == "colon" and repaired is None:
            hint = "indent"
        found.append(Fault(path=(), sentence=_hint(hint), line=line))
        if repaired is None or len(found) > MOST_REPAIRS:
            source.complete = False
            break
        lines[line - 1] = repaired
    source.faults = [*found, *source.faults]
    return source


def _read_once(text: str) -> tuple[Source, YAMLError | None]:
    source = Source()
    events = YAML(typ="safe", pure=True).parse(text)
    try:
        _document(events, source)
    except YAMLError as error:
        return source, error
    except _Stop:
        source.complete = False
    return source, None


def _document(events: Iterator[Event], source: Source) -> None:
    documents = 0
    for event in events:
        if isinstance(event, DocumentStartEvent):
            documents += 1
        elif isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
            if documents > 1:
                source.fault((), _line(event), _("The file holds more than one document (“---”). Keep one."))
                raise _Stop
            _value(event, events, (), source)
        elif isinstance(event, StreamStartEvent):
            continue


def _value(event: Event, events: Iterator[Event], path: Path, source: Source) -> None:
    """Read the value that begins with the event and put it into its place at once, so that a file that breaks
    off leaves what was read so far."""
    source.lines.setdefault(path, _line(event))
    if len(path) > DEEPEST:
        source.fault(
            (), _line(event), _("The file is nested deeper than any blueprint. Check the indentation.")
        )
        raise _Stop
    if isinstance(event, AliasEvent):
        source.fault(path, _line(event), _("Write the content out here: references with “*” are not read."))
        _put(source, path, None)
    elif isinstance(event, ScalarEvent):
        _refuse_tag(event, path, source)
        _put(source, path, _scalar(event))
    elif isinstance(event, SequenceStartEvent):
        _refuse_tag(event, path, source)
        _put(source, path, [])
        for index, inner in enumerate(iter(lambda: next(events), None)):
            if isinstance(inner, SequenceEndEvent):
                break
            _value(inner, events, (*path, index), source)
    else:
        _refuse_tag(event, path, source)
        _put(source, path, {})
        _mapping(events, path, source)


def _mapping(events: Iterator[Event], path: Path, source: Source) -> None:
    seen: dict[str, int] = {}
    while not isinstance(event := next(events), MappingEndEvent):
        if not isinstance(event, ScalarEvent):
            source.fault(path, _line(event), _("The name of a field must be a single word."))
            raise _Stop
        key, line = str(event.value), _line(event)
        inner: Path = (*path, key)
        if key in seen:
            source.fault(
                (*path, key, "again"),
                line,
                _("The field “%(field)s” is here twice; the first is in line %(line)d.")
                % {"field": key, "line": seen[key]},
            )
            _value(next(events), events, (*path, key, "again"), source)
            continue
        seen[key] = source.lines[inner] = line
        _value(next(events), events, inner, source)


def _put(source: Source, path: Path, value: Any) -> None:
    if "again" in path:
        return
    if not path:
        source.data = value
        return
    home = source.data
    for step in path[:-1]:
        home = home[step]
    if isinstance(home, list):
        home.append(value)
    else:
        home[path[-1]] = value


def _scalar(event: ScalarEvent) -> Any:
    value = str(event.value)
    if not event.implicit[0] or event.style or event.tag in TEXT_TAGS:
        return value
    if value.lower() in WORDS:
        return WORDS[value.lower()]
    if WHOLE.fullmatch(value):
        return int(value)
    return float(value) if DECIMAL.fullmatch(value) else value


def _refuse_tag(event: Any, path: Path, source: Source) -> None:
    if event.tag is not None and event.tag not in TEXT_TAGS:
        source.fault(path, _line(event), _("Take away the tag “%(tag)s”.") % {"tag": event.tag})


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


def _syntax(error: YAMLError) -> tuple[int, str]:
    """In which line the YAML reader stumbled, and over what."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return 0, "characters"
    said = f"{error.problem} {error.context}"
    hint = next((hint for words, hint in HINTS if words in said), "")
    mark = error.context_mark if hint == "quote" and error.context_mark else error.problem_mark
    return int(mark.line) + 1, hint


def _hint(hint: str) -> str:
    if hint == "characters":
        return _("The file holds characters that are not text. Save it again as plain text in UTF-8.")
    if hint == "colon":
        return _("A colon followed by a space inside a text: put the whole text in quotation marks.")
    if hint == "tab":
        return _("There is a tab here. Indent with spaces.")
    if hint == "quote":
        return _("A quotation mark is opened here and never closed.")
    if hint == "indent":
        return _("The indentation does not fit: this line stands neither beside nor inside the one before.")
    if hint == "no_colon":
        return _("There is no colon after the name of the field.")
    return _("From here on the file is no proper YAML. Look for a missing colon, dash or quotation mark.")


def _repaired(line: str) -> str | None:
    """The line as its author may have meant it; None when that cannot be guessed."""
    if "\t" in line:
        return line.replace("\t", "  ")
    value = VALUE_IN_LINE.match(line)
    if value is None or ":" not in value[2]:
        return None
    return value[1] + "'" + value[2].replace("'", "''") + "'"
