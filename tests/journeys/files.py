"""What the owner has on the laptop: a blueprint to edit, and the list of leaders the ministry sent."""

from pathlib import Path

from openpyxl import Workbook
from ruamel.yaml import YAML

BLUEPRINT_TITLE = "Øvingsprogram for toppledere"
HOST = "departementsrad@ovingsdepartementet.example"
LEADERS = [f"leder{number}@ovingsdepartementet.example" for number in (1, 2, 3, 4)]


def edited_blueprint(path: Path) -> None:
    """Gives the blueprint in a file another title, and one statement of the questionnaire for each aim and effect."""
    yaml = YAML()
    content = yaml.load(path)
    content["title"]["nb"] = BLUEPRINT_TITLE
    first: dict[str, object] = {}
    for item in content["instrument"]["items"]:
        first.setdefault(item["measures"], item)
    content["instrument"]["items"] = list(first.values())
    yaml.dump(content, path)


def leaders_file(folder: Path) -> Path:
    book = Workbook()
    book.active.append(["Navn", "E-post", "Tittel", "Virksomhet", "Rolle", "Mobil"])
    book.active.append(["Vert", HOST, "Departementsråd", "Øvingsdepartementet", "vert", ""])
    for number, address in enumerate(LEADERS, start=1):
        body = "Øvingsdepartementet" if number < 3 else "Øvingstilsynet"
        book.active.append([f"Leder nummer {number}", address, f"Leder {number}", body, "leder", ""])
    path = folder / "ledere.xlsx"
    book.save(path)
    return path
