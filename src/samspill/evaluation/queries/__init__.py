"""Every read of measurements. Access comes first: see evaluation.access and cohorts.access."""

from samspill.evaluation.queries.effect import Effect, ItemEffect, WaveResult, effect_of
from samspill.evaluation.queries.waves import (
    Response,
    Step,
    answers_of,
    invitations_of,
    newcomers,
    personal_data,
    response_of,
    silent,
    steps_of,
    stuck_reminders,
)

__all__ = [
    "Effect",
    "ItemEffect",
    "Response",
    "Step",
    "WaveResult",
    "answers_of",
    "effect_of",
    "invitations_of",
    "newcomers",
    "personal_data",
    "response_of",
    "silent",
    "steps_of",
    "stuck_reminders",
]
