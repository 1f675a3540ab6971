"""Who the invented leaders are: role titles, never names."""

from dataclasses import dataclass

MINISTRY_TITLES = [
    "Departementsråd",
    "Assisterende departementsråd",
    "Ekspedisjonssjef, avdeling A",
    "Ekspedisjonssjef, avdeling B",
    "Ekspedisjonssjef, avdeling C",
    "Ekspedisjonssjef, avdeling D",
    "Ekspedisjonssjef, avdeling E",
    "Kommunikasjonssjef",
    "Administrasjonsdirektør",
]
AGENCY_TITLES = ["Direktør", "Assisterende direktør", "Avdelingsdirektør"]
EQUAL_TITLES = ["Statsforvalter", "Assisterende statsforvalter"]


@dataclass(frozen=True)
class Seat:
    """One invented leader: number in the sector (1 is the host), title, and which organisation of the sector."""

    number: int
    title: str
    organisation: int  # 0 is the co-ordinating body, 1 … the others

    @property
    def is_host(self) -> bool:
        return self.number == 1


def seats(agencies: int, equal_bodies: bool) -> list[Seat]:
    """The leaders of a sector: nine in a ministry and three in each agency, or two in each equal body."""
    if equal_bodies:
        titles = [("Avdelingsdirektør", 0)]
        titles += [(title, body) for body in range(1, agencies + 1) for title in EQUAL_TITLES]
    else:
        titles = [(title, 0) for title in MINISTRY_TITLES]
        titles += [(title, agency) for agency in range(1, agencies + 1) for title in AGENCY_TITLES]
    return [Seat(number, title, body) for number, (title, body) in enumerate(titles, start=1)]
