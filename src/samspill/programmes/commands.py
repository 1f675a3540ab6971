"""What `samspill blueprint check|import|export` does. Each returns the exit code of the command.

check(path)                                  0 nothing wrong · 1 faults · 2 no such file
import_(path)                                0 it is the draft now · 1 faults or refused · 2 no such file
export(path, measure, version=None)          0 written · 1 no such version · 2 cannot write
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from samspill.errors import Refused
from samspill.programmes.actions import import_blueprint
from samspill.programmes.checking import check_file
from samspill.programmes.choices import VersionState
from samspill.programmes.exporting import to_yaml
from samspill.programmes.models import BlueprintVersion, Measure

FINE, WRONG, UNREADABLE = 0, 1, 2
Say = Callable[[str], None]


def check(path: Path, say: Say = print) -> int:
    """Say every fault of the file as "file:line: path: sentence". Needs no database."""
    return _checked(path, say)[0]


def import_(path: Path, say: Say = print) -> int:
    """Make the file the draft of its measure, in place of the draft there may be."""
    code, content = _checked(path, say)
    if content is None:
        return code
    try:
        draft = import_blueprint(content=content, by=None)
    except Refused as refused:
        say(str(refused.sentence))
        return WRONG
    say(
        _("%(measure)s: version %(number)d is a draft with what the file says. An owner releases it.")
        % {"measure": draft.measure.key, "number": draft.number}
    )
    return FINE


def export(path: Path, measure: str, version: int | None = None, say: Say = print) -> int:
    """Write a version of the measure's blueprint, by default the newest one released, to the file; "-" is
    standard output."""
    keys = list(Measure.objects.values_list("key", flat=True))
    if measure not in keys:
        say(
            _("There is no measure “%(key)s”. There are: %(keys)s.")
            % {"key": measure, "keys": ", ".join(keys) or "–"}
        )
        return WRONG
    versions = BlueprintVersion.objects.filter(measure__key=measure).order_by("-number")
    wanted = versions.filter(number=version) if version else versions.filter(state=VersionState.RELEASED)
    found = wanted.first()
    if found is None:
        numbers = ", ".join(str(each.number) for each in versions)
        say(
            _("There is no such version. Of this measure there are: %(numbers)s.")
            % {"numbers": numbers or "–"}
        )
        return WRONG
    text = to_yaml(found.content)
    if str(path) == "-":
        sys.stdout.write(text)
        return FINE
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        say(_("%(file)s cannot be written: %(why)s") % {"file": path, "why": error.strerror})
        return UNREADABLE
    say(_("Version %(number)d is written to %(file)s.") % {"number": found.number, "file": path})
    return FINE


def _checked(path: Path, say: Say) -> tuple[int, dict[str, Any] | None]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        say(_("%(file)s cannot be read: %(why)s") % {"file": path, "why": error.strerror})
        return UNREADABLE, None
    checked = check_file(raw)
    for fault in checked.faults:
        say(f"{path}:{fault.line}: {fault.where or '–'}: {fault.sentence}")
    if checked.content is None:
        return WRONG, None
    say(_("%(file)s: nothing is wrong with this blueprint.") % {"file": path})
    return FINE, checked.content
