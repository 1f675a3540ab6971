"""Extracts what people read into each app's catalogues and compiles them; --check says what was forgotten."""

import contextlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

APPS = Path(__file__).resolve().parent.parent / "src" / "samspill"
LANGUAGES = ("nb", "nn")
DJANGO_ADMIN = [sys.executable, "-P", "-m", "django"]  # -P: an app may have a module named as one of Python's


def apps_in(folder: Path) -> list[Path]:
    return sorted(config.parent for config in folder.glob("*/apps.py"))


def catalogues(app: Path) -> list[Path]:
    """Those the app has; an app without words has none."""
    found = [app / "locale" / language / "LC_MESSAGES" / "django.po" for language in LANGUAGES]
    return [catalogue for catalogue in found if catalogue.exists()]


def extract(app: Path) -> None:
    (app / "locale").mkdir(exist_ok=True)
    languages = [part for language in LANGUAGES for part in ("--locale", language)]
    tidy = ["--no-wrap", "--no-location", "--no-obsolete"]
    subprocess.run(
        [*DJANGO_ADMIN, "makemessages", *languages, *tidy], cwd=app, check=True, capture_output=True
    )
    with contextlib.suppress(OSError):  # not empty: the app has words
        (app / "locale").rmdir()


def compile_all(app: Path) -> None:
    for catalogue in catalogues(app):
        subprocess.run(["msgfmt", "--check", "-o", catalogue.with_suffix(".mo"), catalogue], check=True)


def missing(catalogue: Path) -> str:
    """The entries that are untranslated or only guessed at, as they stand in the file."""
    found = ""
    for kind in ("--untranslated", "--only-fuzzy"):
        command = ["msgattrib", kind, "--no-obsolete", "--no-wrap", catalogue]
        found += subprocess.run(command, check=True, capture_output=True, text=True).stdout.partition("\n\n")[
            2
        ]
    return found.strip()


def compiled(catalogue: Path) -> bytes:
    return subprocess.run(["msgfmt", "-o", "-", catalogue], check=True, capture_output=True).stdout


def complaints() -> list[str]:
    """What `make messages` and a translator would have to do. Nothing is changed."""
    found = []
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "samspill"
        shutil.copytree(APPS, copy, ignore=shutil.ignore_patterns("static", "__pycache__", "data"))
        for app in apps_in(copy):
            extract(app)
            for catalogue in catalogues(app):
                name = catalogue.relative_to(copy)
                if entries := missing(catalogue):
                    found.append(f"{name}: not translated\n{entries}")
                original = APPS / name
                mo = original.with_suffix(".mo")
                if not mo.exists() or mo.read_bytes() != compiled(original):
                    found.append(f"{name}: compiled file is not current; run 'make messages'")
    return found


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        found = complaints()
        print("\n\n".join(found) or "Every message is there in every language.")
        return 1 if found else 0
    for app in apps_in(APPS):
        extract(app)
        compile_all(app)
        for catalogue in catalogues(app):
            if entries := missing(catalogue):
                print(f"Still to translate in {catalogue.relative_to(APPS)}:\n{entries}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
