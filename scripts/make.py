"""What `make` does. Plain Python 3.11 without any package, because it makes the environment of the rest."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import FrameType

import cluster
import environment
import packages

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"


class StepFailedError(Exception):
    """A step went wrong and has said why itself."""


def step(*command: str | Path, env: Mapping[str, str] | None = None, name: str = "") -> None:
    """Run a program of the environment and show what it says."""
    program, *rest = map(str, command)
    print(f"── {name or ' '.join((Path(program).name, *rest))}", flush=True)
    if subprocess.run([BIN / program, *rest], cwd=ROOT, env={**os.environ, **(env or {})}).returncode:
        raise StepFailedError


def run() -> None:
    """Serve the practice site; the data in var/ are kept from one start to the next."""
    port = os.environ.get("PORT", "8000")
    defaults = {"SAMSPILL_PRACTICE": "yes", "SAMSPILL_ADDRESS": f"http://127.0.0.1:{port}"}
    os.chdir(ROOT)
    os.execve(  # noqa: S606 - in our place, so that Ctrl-C and signals reach the server itself
        BIN / "samspill", ["samspill", "serve", "--prepare"], {**defaults, **os.environ}
    )


def test() -> None:
    """The suite on SQLite and on PostgreSQL. Browsers do not know the database; they walk the pages once."""
    chosen = os.environ.get("ARGS", "").split()
    pytest = (
        "pytest",
        "-n",
        os.environ.get("PROCESSES", "2"),
        "--dist",
        "loadfile",
        "-q",
        "-p",
        "no:cacheprovider",
        *chosen,
    )
    with tempfile.TemporaryDirectory(prefix="samspill-test-") as data:
        env = {"SAMSPILL_PRACTICE": "yes", "SAMSPILL_DATA": data}
        env["SAMSPILL_DATABASE"] = f"sqlite:///{data}/samspill.sqlite3"
        on_sqlite = succeeds(pytest, env, "the tests on SQLite")
        with cluster.throwaway() as database:
            again = (*pytest, "-m", "not browser", "--ignore", "tests/cores")
            on_postgresql = succeeds(again, {**env, "SAMSPILL_DATABASE": database}, "the tests on PostgreSQL")
    if not (on_sqlite and on_postgresql):
        raise StepFailedError


def check() -> None:
    """All that a machine can say without running the tests; a complaint does not stop the next step."""
    practice = {"SAMSPILL_PRACTICE": "yes"}
    with tempfile.TemporaryDirectory(prefix="samspill-check-") as data:
        operation = {
            "SAMSPILL_DATA": data,
            "SAMSPILL_SECRET_KEY": "only-for-this-check-" + os.urandom(32).hex(),
            "SAMSPILL_ADDRESS": "https://samspill.example.org",
            "SAMSPILL_SMTP_HOST": "mail.example.com",
            "SAMSPILL_MAIL_FROM": "Samspill <samspill@example.com>",
            "SAMSPILL_CONTACT_MAIL": "samspill@example.com",
        }
        steps: Sequence[tuple[Sequence[str | Path], Mapping[str, str]]] = [
            (("ruff", "check", "."), {}),
            (("ruff", "format", "--check", "."), {}),
            (("mypy",), practice),
            (("lint-imports",), practice),
            (("python", "-m", "django", "makemigrations", "--check", "--dry-run"), in_operation(operation)),
            (("python", "scripts/messages.py", "--check"), practice),
            (("samspill", "check", "--deploy"), in_operation(operation)),
        ]
        complaints = [" ".join(map(str, command)) for command, env in steps if not succeeds(command, env)]
    if complaints:
        print("\nComplaints from: " + "; ".join(complaints))
        raise StepFailedError


def in_operation(env: Mapping[str, str]) -> dict[str, str]:
    return {**env, "SAMSPILL_PRACTICE": "no", "DJANGO_SETTINGS_MODULE": "samspill.settings"}


def succeeds(command: Sequence[str | Path], env: Mapping[str, str], name: str = "") -> bool:
    try:
        step(*command, env=env, name=name)
    except StepFailedError:
        return False
    return True


def bench() -> None:
    """Every measurement, on SQLite and on PostgreSQL; ARGS chooses some by name."""
    chosen = os.environ.get("ARGS", "").split()
    with tempfile.TemporaryDirectory(prefix="samspill-bench-") as data, cluster.throwaway() as database:
        env = {"SAMSPILL_PRACTICE": "yes", "SAMSPILL_DATA": data, "SAMSPILL_BENCH_POSTGRESQL": database}
        for script in sorted((ROOT / "benchmarks").glob("[!_]*.py")):
            if not chosen or script.stem in chosen:
                step("python", script, env=env, name=script.name)


def screenshots() -> None:
    step("python", "scripts/screenshots.py", *os.environ.get("ARGS", "").split())


def messages() -> None:
    step("python", "scripts/messages.py", env={"SAMSPILL_PRACTICE": "yes"})


TARGETS: dict[str, tuple[Callable[[], None], tuple[packages.Need, ...]]] = {
    "run": (run, (packages.PANGO, packages.FONTS)),
    "test": (test, tuple(packages.Need)),
    "check": (check, (packages.PANGO, packages.GETTEXT)),
    "bench": (bench, (packages.PANGO, packages.POSTGRESQL)),
    "screenshots": (screenshots, (packages.PANGO, packages.FONTS, packages.CHROMIUM)),
    "messages": (messages, (packages.PANGO, packages.GETTEXT)),
}


def leave(number: int, frame: FrameType | None) -> None:
    """A polite request to stop must still run what cleans up."""
    raise SystemExit(128 + number)


def main(target: str) -> int:
    signal.signal(signal.SIGTERM, leave)
    work, needs = TARGETS[target]
    try:
        packages.have(needs)
        environment.make(ROOT)
        work()
    except (packages.MissingError, environment.UnusableError) as problem:
        print(f"make {target}: {problem}", file=sys.stderr)
        return 1
    except StepFailedError:
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
