"""What the rules look at: the source tree, its layers and its templates."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "samspill"


def layers() -> list[list[str]]:
    """The house from the roof down, as import-linter is told: apps that stand side by side share a list."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    house = next(contract for contract in contracts if contract["type"] == "layers")
    return [[app.strip().removeprefix("samspill.") for app in layer.split("|")] for layer in house["layers"]]


def floor_of(app: str) -> int:
    """How far down the house an app stands; a larger number is lower."""
    return next(number for number, layer in enumerate(layers()) if app in layer)


def python_files() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted(
        path for path in SOURCE.rglob("templates/**/*.*") if path.suffix in {".html", ".txt", ".svg"}
    )
