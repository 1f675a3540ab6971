"""The few things Samspill needs from the system itself, and how they come there."""

import ctypes.util
import os
import shutil
import subprocess
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/Library/Fonts",
)
PANGO_LIBRARIES = ("gobject-2.0", "pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


class MissingError(Exception):
    """Something is not installed and cannot be installed from here; the text says what to do."""


def has_pango() -> bool:
    return all(ctypes.util.find_library(name) for name in PANGO_LIBRARIES)


def has_fonts() -> bool:
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    return any(file.suffix in (".ttf", ".otf", ".ttc") for folder in folders for file in folder.rglob("*"))


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def postgresql_binaries() -> Path | None:
    """The folder that holds initdb and postgres: Debian's newest, else the one on the PATH."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda found: float(found.parent.parent.name), default=None)
    on_path = shutil.which("initdb")
    found = newest or (Path(on_path).resolve() if on_path else None)
    return found.parent if found and (found.parent / "postgres").exists() else None


def has_gettext() -> bool:
    return bool(shutil.which("xgettext") and shutil.which("msgfmt"))


class Need(Enum):
    """What it is for, the Debian packages that bring it, and how to see that it is there."""

    PANGO = ("making PDF", ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"), has_pango)
    FONTS = ("making PDF", ("fonts-dejavu-core",), has_fonts)
    CHROMIUM = ("looking at pages as a person sees them", ("chromium",), chromium)
    POSTGRESQL = ("testing on PostgreSQL", ("postgresql",), postgresql_binaries)
    GETTEXT = ("the messages in three languages", ("gettext",), has_gettext)

    @property
    def purpose(self) -> str:
        return self.value[0]

    @property
    def debian(self) -> tuple[str, ...]:
        return self.value[1]

    def is_there(self) -> bool:
        return bool(self.value[2]())


PANGO, FONTS, CHROMIUM, POSTGRESQL, GETTEXT = Need


def have(needs: Iterable[Need]) -> None:
    """Install what is missing, or raise MissingError with one sentence."""
    missing = [need for need in needs if not need.is_there()]
    if not missing:
        return
    names = [name for need in missing for name in need.debian]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        install(names)
    still = [need for need in missing if not need.is_there()]
    if still:
        wanted = " ".join(name for need in still for name in need.debian)
        purposes = " and ".join(dict.fromkeys(need.purpose for need in still))
        raise MissingError(
            f"for {purposes}, install what Debian calls {wanted} (there: sudo apt-get install {wanted}), "
            "and run this again."
        )


def install(names: list[str]) -> None:
    print("── apt-get install " + " ".join(names), flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "--yes", "--no-install-recommends", "-qq", *names]
    # The list of packages may never have been fetched on this machine, or be too old.
    if subprocess.run(command, env=env, capture_output=True).returncode:
        subprocess.run(["apt-get", "update", "-qq"], env=env)
        subprocess.run(command, env=env)
