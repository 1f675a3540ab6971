"""Every kind of activity there is. A new one is a file beside these, a name in `Kind` and a line here."""

from collections.abc import Mapping
from typing import Any

from samspill.inputs.choices import Kind
from samspill.inputs.kinds.base import InputKind
from samspill.inputs.kinds.commitment import Commitment
from samspill.inputs.kinds.ideas import Ideas
from samspill.inputs.kinds.poll import Poll
from samspill.inputs.kinds.reflection import Reflection
from samspill.inputs.kinds.scale import ScaleKind

KINDS: Mapping[Kind, InputKind[Any]] = {
    each.kind: each for each in (Reflection(), ScaleKind(), Poll(), Ideas(), Commitment())
}
