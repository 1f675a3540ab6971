"""A blueprint before anybody has written it: three gatherings of three hours, and every text empty."""

from collections.abc import Mapping
from typing import Any

Content = dict[str, Any]


def blank_blueprint(measure: str, title: Mapping[str, str]) -> Content:
    """Content of a first draft for the measure; its shape holds, its texts are to be written."""
    return {
        "samspill": "blueprint/1",
        "measure": measure,
        "title": {**empty(), **title},
        "purpose": empty(),
        "audience": empty(),
        "aims": [keyed("a1")],
        "effects": [keyed("e1")],
        "challenges": [keyed("c1")],
        "competence": [keyed("p1")],
        "form": {
            "gatherings": 3,
            "minutes": 180,
            "span_months": [3, 6],
            "work_between_minutes": 60,
            "theory_share_max": 25,
            "text": empty(),
        },
        "gatherings": [blank_gathering(f"g{number}", 180) for number in (1, 2, 3)],
        "instrument": {
            "key": "before-after",
            "title": empty(),
            "intro": empty(),
            "answered_by": ["leader", "host"],
            "low": empty(),
            "high": empty(),
            "items": [{**keyed("m1"), "measures": "a1"}],
        },
    }


def blank_gathering(key: str, minutes: int) -> Content:
    return {
        "key": key,
        "title": empty(),
        "theme": empty(),
        "aim": empty(),
        "questions": [{**keyed(f"{key}-q1"), "aims": []}],
        "items": [blank_item(f"{key}-i1", minutes)],
    }


def blank_item(key: str, minutes: int) -> Content:
    return {
        "key": key,
        "title": empty(),
        "minutes": minutes,
        "mode": "dialogue",
        "optional": False,
        "script": empty(),
    }


def keyed(key: str) -> Content:
    return {"key": key, "text": empty()}


def empty() -> dict[str, str]:
    return {"nb": "", "nn": "", "en": ""}
