"""The `samspill` command. Whatever goes wrong becomes one sentence on stderr, never a stack trace."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import SystemCheckError
from django.db import DatabaseError
from django.utils.module_loading import import_string
from django.utils.translation import override

from samspill.errors import Refused

DONE, FAILED, MISUSED = 0, 1, 2
REFERENCE_MEASURE = "strategisk-ikt-kompetanse"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 refused or failed with a sentence on stderr, 2 wrong arguments or settings."""
    wanted = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        return _say(str(error), MISUSED)
    with override("en"):
        return _run(wanted)


def _run(wanted: argparse.Namespace) -> int:
    try:
        return int(wanted.run(wanted) or DONE)
    except ImproperlyConfigured as error:
        return _say(str(error), MISUSED)
    except Refused as refusal:
        return _say(str(refusal.sentence), FAILED)
    except SystemCheckError as error:
        return _say(str(error).removeprefix("SystemCheckError: "), FAILED)
    except DatabaseError as error:
        return _say(f"The database cannot be used: {' '.join(str(error).split())}", FAILED)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _say(f"{where}{error.strerror or error}", FAILED)
    except KeyboardInterrupt:
        return _say("Stopped.", FAILED)


def _say(sentence: str, status: int) -> int:
    print(f"samspill: {sentence}", file=sys.stderr)
    return status


def _call(path: str, *arguments: Any, **named: Any) -> Any:
    """Call what `path` names. Imported only now, because Django must have been set up before."""
    return import_string(path)(*arguments, **named)


def _serve(wanted: argparse.Namespace) -> None:
    prepare = "samspill.serving.preparation."
    _call(prepare + "require_database_for", wanted.workers)
    listening = _call(prepare + "listen", wanted.host, wanted.port)
    if wanted.prepare:
        _call(prepare + "migrate")
        _call("samspill.serving.beginning.fill_practice_site")
    _call(prepare + "require_migrated")
    _call(prepare + "collect_static_files")
    _say(f"serving on http://{wanted.host}:{wanted.port} (Ctrl-C stops it)", DONE)
    _call("samspill.serving.server.serve", listening, wanted.workers)


def _migrate(wanted: argparse.Namespace) -> None:
    _call("samspill.serving.preparation.migrate")


def _check(wanted: argparse.Namespace) -> None:
    _call("samspill.serving.checks.check", wanted.deploy)


def _begin(wanted: argparse.Namespace) -> None:
    _call("samspill.serving.beginning.begin", address=wanted.address, name=wanted.name)
    _say(f"{wanted.address} can now sign in as programme owner", DONE)


def _practice(wanted: argparse.Namespace) -> None:
    _call(f"samspill.practice.loading.{wanted.what}")
    _say("the practice data are loaded", DONE)


def _check_blueprint(wanted: argparse.Namespace) -> Any:
    return _call("samspill.programmes.commands.check", wanted.file)


def _import_blueprint(wanted: argparse.Namespace) -> Any:
    return _call("samspill.programmes.commands.import_", wanted.file)


def _export_blueprint(wanted: argparse.Namespace) -> Any:
    return _call("samspill.programmes.commands.export", wanted.file, wanted.measure, wanted.version)


def _report(wanted: argparse.Namespace) -> None:
    choices = wanted.cohort, wanted.language, wanted.format, wanted.output
    _say(_call("samspill.reports.commands.report", *choices), DONE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="samspill", description="Samspill, from the command line.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_serve(commands.add_parser("serve", help="run web, streams and the job worker until stopped"))
    migrate = commands.add_parser("migrate", help="bring the database up to this version")
    migrate.set_defaults(run=_migrate)
    begin = commands.add_parser("begin", help="register a programme owner, and what Samspill ships with")
    begin.add_argument("address", help="mail address that codes to sign in with are sent to")
    begin.add_argument("--name", required=True, help="name of the person")
    begin.set_defaults(run=_begin)
    check = commands.add_parser("check", help="look for faults in the installation")
    check.add_argument("--deploy", action="store_true", help="also those that matter only in operation")
    check.set_defaults(run=_check)
    practice = commands.add_parser("practice", help="the practice data of a practice site")
    practice.add_argument(
        "what", choices=["load", "reset"], help="load: into an empty site; reset: throw away everything first"
    )
    practice.set_defaults(run=_practice)
    _add_blueprint(commands.add_parser("blueprint", help="blueprints as files"))
    _add_report(commands.add_parser("report", help="write the experience report of a cohort to a file"))
    return parser


def _add_report(report: argparse.ArgumentParser) -> None:
    report.add_argument("cohort", type=_count, metavar="COHORT", help="the number in the cohort's address")
    report.add_argument("--language", default="nb", help="nb, nn or en (default: %(default)s)")
    report.add_argument("--format", default="pdf", help="pdf or html (default: %(default)s)")
    report.add_argument("--output", required=True, metavar="FILE")
    report.set_defaults(run=_report)


def _add_serve(serve: argparse.ArgumentParser) -> None:
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    serve.add_argument(
        "--port",
        type=int,
        default=os.environ.get("PORT", "8000"),
        help="port to listen on (default: the variable PORT, else 8000)",
    )
    serve.add_argument(
        "--workers", type=_count, default=1, help="web processes; more than one needs PostgreSQL (default: 1)"
    )
    serve.add_argument(
        "--prepare",
        action="store_true",
        help="first migrate, and load practice data into an empty practice site",
    )
    serve.set_defaults(run=_serve)


def _add_blueprint(blueprint: argparse.ArgumentParser) -> None:
    actions = blueprint.add_subparsers(metavar="ACTION", required=True)
    check = actions.add_parser("check", help="say everything that is wrong with a file, with line and path")
    check.set_defaults(run=_check_blueprint)
    take = actions.add_parser("import", help="make a file the draft of its measure")
    take.set_defaults(run=_import_blueprint)
    export = actions.add_parser("export", help="write a version to a file; - is standard output")
    export.add_argument(
        "--measure", default=REFERENCE_MEASURE, help="key of the measure (default: %(default)s)"
    )
    export.add_argument("--version", type=_count, help="its number (default: the newest released)")
    export.set_defaults(run=_export_blueprint)
    for action in (check, take, export):
        action.add_argument("file", type=Path, metavar="FILE")


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number of at least 1")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
