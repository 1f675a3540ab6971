"""The Python environment in .venv, exactly as uv.lock says, made anew only when the lock has changed."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

MADE_FROM = ("uv.lock", "pyproject.toml", "CHANGELOG.md")  # the last one holds the version


class UnusableError(Exception):
    """The environment cannot be made; the text says what to do."""


def make(root: Path) -> None:
    if not (root / "uv.lock").exists():
        raise UnusableError("uv.lock is missing; get the whole of the repository.")
    venv, stamp = root / ".venv", root / ".venv" / "made-from"
    wanted = fingerprint(root)
    if stamp.exists() and stamp.read_text() == wanted and (venv / "bin" / "samspill").exists():
        return
    print("── making the environment from uv.lock", flush=True)
    uv = find_uv(root)
    env = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_PROJECT_ENVIRONMENT": str(venv)}
    command = [uv, "sync", "--frozen", "--quiet", "--python", sys.executable]
    if subprocess.run(command, cwd=root, env=env).returncode and not sync_with_pip(root, uv):
        raise UnusableError("the packages in uv.lock could not be installed; see what was said above.")
    stamp.write_text(wanted)


def fingerprint(root: Path) -> str:
    """Changes when the environment must be made anew: other packages, another Python, another place."""
    contents = b"".join((root / name).read_bytes() for name in MADE_FROM)
    return f"{hashlib.sha256(contents).hexdigest()} {sys.version} {root}"


def find_uv(root: Path) -> str:
    """uv from the PATH, else one of our own in var/uv."""
    own = root / "var" / "uv"
    on_path = shutil.which("uv")
    if on_path:
        return on_path
    if not (own / "bin" / "uv").exists():
        print("── installing uv into var/uv", flush=True)
        install_uv(own)
    return str(own / "bin" / "uv")


def install_uv(folder: Path) -> None:
    made = subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(folder, ignore_errors=True)
        # Debian keeps what venv needs in a package of its own; pip alone can put uv there as well.
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, "uv"]
    else:
        command = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"]
    if subprocess.run(command).returncode:
        shutil.rmtree(folder, ignore_errors=True)
        raise UnusableError(
            "uv could not be installed; install it (https://docs.astral.sh/uv) or, on Debian, python3-venv, "
            "and run this again."
        )


def sync_with_pip(root: Path, uv: str) -> bool:
    """The same packages through pip, for machines whose package registry only pip has been told of."""
    print("── trying the same with pip", flush=True)
    export = [uv, "export", "--frozen", "--quiet", "--no-emit-project", "--format", "requirements-txt"]
    listed = subprocess.run(export, cwd=root, capture_output=True, text=True)
    requirements = root / "var" / "requirements.txt"
    requirements.parent.mkdir(exist_ok=True)
    requirements.write_text(listed.stdout)
    python = root / ".venv" / "bin" / "python"
    commands = [
        [sys.executable, "-m", "venv", "--clear", root / ".venv"],
        [python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", requirements],
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--editable", root],
    ]
    return listed.returncode == 0 and all(subprocess.run(command).returncode == 0 for command in commands)
