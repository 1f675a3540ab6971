"""How long a big list takes: 5,000 leaders and organisations, read, judged and saved, and compared for likeness."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.settings")

import django

django.setup()

from django.core.management import call_command
from tests.cast import Cast, make_cast

from samspill.cohorts.actions import import_leaders
from samspill.cohorts.imports import KNOWN as LEADER_COLUMNS
from samspill.cohorts.imports import plan_of as plan_of_leaders
from samspill.people.choices import Candidate
from samspill.people.queries import near_duplicates
from samspill.sectors.actions import import_organisations
from samspill.sectors.imports import KNOWN as ORGANISATION_COLUMNS
from samspill.sectors.imports import plan_of
from samspill.sectors.models import Organisation
from samspill.sectors.queries import register_as_it_is
from samspill.spreadsheets.preview import EVERYTHING
from samspill.spreadsheets.reading import read_bytes
from samspill.spreadsheets.writing import csv_bytes, xlsx_bytes

ROWS = 5000
WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


def main() -> None:
    call_command("migrate", verbosity=0)
    cast = make_cast()
    measure(f"{ROWS} leaders from CSV, read, judged and saved", lambda: leaders(cast))
    measure(f"{ROWS} organisations from XLSX, read, judged and saved", organisations)
    measure(f"{ROWS} rows looked through for near-duplicates", likenesses)


def measure(what: str, work: Callable[[], None]) -> None:
    began = time.perf_counter()
    work()
    print(f"{what}: {time.perf_counter() - began:.1f} s", flush=True)


def leaders(cast: Cast) -> None:
    agencies = [
        Organisation(name_nb=f"Tilsyn {n}", name_nn=f"Tilsyn {n}", parent=cast.ministry) for n in range(200)
    ]
    Organisation.objects.bulk_create(agencies)
    cast.cohort.sector.organisations.add(*agencies)
    header = ["Navn", "E-post", "Tittel", "Virksomhet", "Rolle", "Mobil"]
    rows = [
        [f"Leder {n}", f"leder{n}@etat{n % 200}.example", "Direktør", f"Tilsyn {n % 200}", "", ""]
        for n in range(ROWS)
    ]
    plan = plan_of_leaders(read_bytes(csv_bytes(header, rows), known=LEADER_COLUMNS), cast.cohort)
    import_leaders(cohort=cast.cohort, plan=plan, chosen=EVERYTHING, by=cast.owner)


def organisations() -> None:
    header = ["area", "orgnr", "kind", "name_nb", "name_nn", "name_en", "confidence"]
    rows = [["", number, "ministry", f"Etat {number}", "", "", ""] for number in numbers(ROWS)]
    plan = plan_of(read_bytes(xlsx_bytes(header, rows), known=ORGANISATION_COLUMNS), register_as_it_is())
    import_organisations(plan=plan, chosen=EVERYTHING, source="file", by=None)


def numbers(count: int) -> list[str]:
    """Numbers of nine digits whose last is a right check digit (mod 11)."""
    found: list[str] = []
    base = 80_000_000
    while len(found) < count:
        digits = str(base)
        rest = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11
        if rest != 1:
            found.append(f"{digits}{(11 - rest) % 11}")
        base += 1
    return found


def likenesses() -> None:
    people = [
        Candidate(n, f"Leder {n % 50}", f"fornavn.etternavn{n}@departement{n % 15}.no", "22 24 90 90")
        for n in range(ROWS)
    ]
    near_duplicates(people)


if __name__ == "__main__":
    main()
