"""A blueprint as a YAML file that a person can read and edit, and that reads back as the same content."""

import io
import re
from collections.abc import Mapping
from textwrap import wrap
from typing import Any

from django.conf import settings
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString
from ruamel.yaml.tokens import CommentToken

from samspill.programmes.checking import schema

WIDTH = 100
LONGEST_LINE = 80  # a longer text is folded over several lines
FOLDS = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+(?: [^\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+)*"
)
HEADER = "A blueprint of Samspill. Check it with: samspill blueprint check FILE\nIts format: "


def to_yaml(content: Mapping[str, Any]) -> str:
    """The file: fields in the schema's order, long texts folded, blank lines between the large parts."""
    document = _in_order(content, schema())
    document.yaml_set_start_comment(HEADER + schema_address())
    for name in list(document)[2:]:
        document.ca.items[name] = [None, [_blank_line()], None, None]
    yaml = YAML()
    yaml.width = WIDTH + 60  # folding is done here; the writer must not fold again
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()


def _blank_line() -> CommentToken:
    return CommentToken("\n", CommentMark(0), None)


def schema_address() -> str:
    return f"{settings.SITE_ADDRESS}/programmes/schema/blueprint-1.json"


def _in_order(value: Any, shape: Mapping[str, Any], indent: int = 0) -> Any:
    shape = _resolved(shape)
    if isinstance(value, Mapping):
        known = shape.get("properties", {})
        names = [name for name in known if name in value] + [name for name in value if name not in known]
        ordered = CommentedMap()
        for name in names:
            ordered[name] = _in_order(value[name], known.get(name, {}), indent + 2)
        return ordered
    if isinstance(value, list):
        items = CommentedSeq(_in_order(each, shape.get("items") or {}, indent + 2) for each in value)
        if all(isinstance(each, str | int) for each in value):
            items.fa.set_flow_style()
        return items
    return _text(value, indent) if isinstance(value, str) else value


def _resolved(shape: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in shape:
        shape = schema()["$defs"][shape["$ref"].rsplit("/", 1)[1]]
    return shape


def _text(words: str, indent: int) -> str:
    """The text in a style that keeps every character: folded when long, line by line when it has lines."""
    lines = words.split("\n")
    if len(lines) > 1 and lines[0] and lines[-1] and all(FOLDS.fullmatch(line) for line in lines if line):
        literal: str = LiteralScalarString(words)
        return literal
    if len(words) <= LONGEST_LINE or not FOLDS.fullmatch(words):
        return words
    folded: str = FoldedScalarString(words)
    places, at = [], 0
    for line in wrap(words, WIDTH - indent, break_long_words=False, break_on_hyphens=False)[:-1]:
        at += len(line)
        places.append(at)
        at += 1
    folded.fold_pos = places  # type: ignore[attr-defined]  # read by ruamel.yaml when it writes
    return folded
