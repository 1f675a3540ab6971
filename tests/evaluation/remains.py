"""`python -m tests.evaluation.remains`: what the database still holds on disk of what has been destroyed, as JSON.

Run in a process of its own, as tests keep their database in memory and work inside one transaction.
"""

import json
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402

from samspill.evaluation.actions import close_wave, destroy_secret  # noqa: E402
from samspill.evaluation.models import Answer, PairingSecret  # noqa: E402
from samspill.people.actions import erase  # noqa: E402
from tests.cast import make_cast  # noqa: E402
from tests.evaluation.parts import answer, everybody, opened  # noqa: E402

Secrets = dict[str, bytes]


def main() -> None:
    cast = make_cast()
    wave = opened(cast)
    for who in everybody(cast):
        answer(wave, who, 4)
    secrets = {
        "secret": bytes(PairingSecret.objects.get().secret),
        "pseudonym": Answer.objects.values_list("pseudonym", flat=True)[0].encode(),
        "address": (cast.leaders[3].email or "").encode(),
    }
    before = on_disk(secrets)
    close_wave(wave=wave, by=cast.facilitator)
    destroy_secret(cohort=cast.cohort, by=cast.facilitator)
    erase(person=cast.leaders[3], by=cast.owner)
    print(json.dumps([before, on_disk(secrets)]))


def on_disk(secrets: Secrets) -> list[str]:
    """What can be found in the files of SQLite, its log included.

    PostgreSQL's are not ours to read; there a table that has lost all its rows is empty once it is vacuumed.
    """
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        written = b"".join(path.read_bytes() for path in name.parent.glob(f"{name.name}*"))
        return [what for what, words in secrets.items() if words in written]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('evaluation_pairingsecret')")
        return list(secrets) if cursor.fetchone() != (0,) else []


if __name__ == "__main__":
    main()
