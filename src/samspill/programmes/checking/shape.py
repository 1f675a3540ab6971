"""Whether the data have the shape of data/blueprint.schema.json, in sentences for a person."""

import copy
import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path as File
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from samspill.programmes.checking.faults import Fault, Path

SCHEMA = File(__file__).resolve().parent.parent / "data" / "blueprint.schema.json"
LEAST_LIKE = 0.6


@cache
def schema() -> dict[str, Any]:
    """The published JSON Schema."""
    loaded: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return loaded


@cache
def _blueprint() -> Draft202012Validator:
    return Draft202012Validator(_with_places(schema()))


@cache
def _tailored_item() -> Draft202012Validator:
    """An agenda item of a tailored programme: texts in at least one language, a script if there is one."""
    relaxed = copy.deepcopy(schema()["$defs"])
    for name in ("text", "title"):
        relaxed[name]["required"] = []
        relaxed[name]["minProperties"] = 1
    item = relaxed["item"]
    item["properties"]["script"] = {**relaxed["text"], "minProperties": 0}
    item["properties"]["responsible"] = {"type": "string", "maxLength": 200}
    return Draft202012Validator(_with_places({"$defs": relaxed, "$ref": "#/$defs/item"}))


def _with_places(shape: Any) -> Any:
    """The schema with `false` for a property as "not anything": of `false` the validator loses the place."""
    if isinstance(shape, list):
        return [_with_places(each) for each in shape]
    if not isinstance(shape, Mapping):
        return shape
    made = {name: _with_places(each) for name, each in shape.items()}
    properties = made.get("properties", {})
    made_properties = {name: {"not": {}} if each is False else each for name, each in properties.items()}
    return {**made, "properties": made_properties} if properties else made


def blueprint_shape(data: Any, complete: bool = True) -> list[Fault]:
    """The faults; with `complete` False nothing is called missing, because the data broke off somewhere."""
    return _faults(_blueprint(), data, complete)


def item_shape(item: Any) -> list[Fault]:
    return _faults(_tailored_item(), item, complete=True)


def _faults(validator: Draft202012Validator, data: Any, complete: bool) -> list[Fault]:
    found: dict[tuple[Path, str], Fault] = {}
    for error in validator.iter_errors(data):
        if error.validator == "required" and not complete:
            continue
        path = tuple(error.absolute_path)
        for inner, sentence, unfinished in _sentences(error):
            found.setdefault(
                ((*path, *inner), sentence), Fault((*path, *inner), sentence, unfinished=unfinished)
            )
    return list(found.values())


def _sentences(error: ValidationError) -> Iterator[tuple[Path, str, bool]]:
    """Where below the error's place, what to say, and whether it is only unfinished."""
    kind = error.validator
    if kind == "required":
        yield from _missing(error)
    elif kind == "additionalProperties":
        yield from _unknown(error)
    elif kind == "not":
        yield (), _does_not_belong(error), False
    elif kind == "dependentRequired":
        yield (), _("The words at the low and the high end go together: give both or none."), False
    elif kind in ("minLength", "pattern") and isinstance(error.instance, str) and not error.instance.strip():
        yield (), _("The text is empty."), True
    elif kind == "minProperties":
        yield (), _("Write the text in at least one language."), True
    elif kind == "minItems":
        yield (), _too_few(error), True
    else:
        yield (), _plain(error), False


def _missing(error: ValidationError) -> Iterator[tuple[Path, str, bool]]:
    """A field that is missing; one that is there under a misspelt name is said once, as unknown."""
    here: Any = error.instance
    required: Any = error.validator_value
    known = _fields(error)
    misspelt = {_guess(name, known - set(here)) for name in here if name not in known}
    for name in required:
        if name not in here and name not in misspelt:
            yield (), _("The field “%(field)s” is missing.") % {"field": name}, False


def _unknown(error: ValidationError) -> Iterator[tuple[Path, str, bool]]:
    known = _fields(error)
    here: Any = error.instance
    for name in here:
        if name in known:
            continue
        sentence = _("There is no field “%(field)s” here.") % {"field": name}
        guess = _guess(name, known - set(here)) or _guess(name, known)
        if guess:
            sentence += " " + _("Did you mean “%(guess)s”?") % {"guess": guess}
        yield (name,), sentence, False


def _fields(error: ValidationError) -> set[str]:
    shape: Any = error.schema
    return set(shape.get("properties", {}))


def _guess(name: str, known: set[str]) -> str:
    return next(iter(get_close_matches(str(name), sorted(known), n=1, cutoff=LEAST_LIKE)), "")


def _does_not_belong(error: ValidationError) -> str:
    name = error.absolute_path[-1] if error.absolute_path else ""
    home = error.parent.instance if isinstance(error.parent, ValidationError) else None
    if isinstance(home, Mapping) and "kind" in home:
        return _("An activity of the kind “%(kind)s” has no field “%(field)s”.") % {
            "kind": home["kind"],
            "field": name,
        }
    return _("The field “%(field)s” does not belong here.") % {"field": name}


def _too_few(error: ValidationError) -> str:
    least: Any = error.validator_value
    return ngettext(
        "There must be at least %(least)d here.", "There must be at least %(least)d here.", least
    ) % {"least": least}


def _plain(error: ValidationError) -> str:
    limit: Any = error.validator_value
    value: Any = error.instance
    match error.validator:
        case "items":
            return _("There is one value too many here.")
        case "type":
            return _wrong_type(limit, value)
        case "enum":
            return _not_among(limit, value)
        case "const":
            return _("This must be “%(value)s”.") % {"value": limit}
        case "pattern":
            return _(
                "“%(value)s” cannot be a key. A key begins with a lower-case letter "
                "and has only lower-case letters, digits and hyphens."
            ) % {"value": _short(value)}
        case "maxLength":
            return _("The text has %(count)d characters; at most %(limit)d are read.") % {
                "count": len(value),
                "limit": limit,
            }
        case "minimum":
            return _("%(value)s is too little; at least %(limit)s.") % {"value": value, "limit": limit}
        case "maximum":
            return _("%(value)s is too much; at most %(limit)s.") % {"value": value, "limit": limit}
        case "maxItems":
            return _("There are %(count)d here; at most %(limit)d.") % {"count": len(value), "limit": limit}
        case "uniqueItems":
            return _("The same value stands here twice.")
    return error.message


def _wrong_type(expected: str, value: Any) -> str:
    names = {
        "object": _("a group of fields"),
        "array": _("a list"),
        "string": _("a text"),
        "integer": _("a whole number"),
        "boolean": _("true or false"),
    }
    if value is None:
        return _("Nothing is written here. It must be %(expected)s.") % {"expected": names[expected]}
    sentence = _("This must be %(expected)s.") % {"expected": names[expected]}
    if expected == "string" and isinstance(value, bool | int | float):
        sentence += " " + _("Put it in quotation marks.")
    return sentence


def _not_among(allowed: list[str], value: Any) -> str:
    sentence = _("“%(value)s” is not one of: %(allowed)s.") % {
        "value": _short(value),
        "allowed": ", ".join(allowed),
    }
    guess = _guess(str(value), set(allowed))
    return f"{sentence} " + _("Did you mean “%(guess)s”?") % {"guess": guess} if guess else sentence


def _short(value: Any) -> str:
    words = str(value)
    return words if len(words) <= 60 else words[:59] + "…"
