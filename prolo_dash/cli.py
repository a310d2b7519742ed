"""The command line: ``prolo-dash serve | build | handout | check | digest | notebooks``."""

import argparse
import io
import os
import re
import sys
from pathlib import Path
from typing import Any

from prolo_dash import __version__
from prolo_dash.evidence.package import EvidenceError, data_dir, shown
from prolo_dash.start import explain_evidence_errors, raise_if_evidence_is_faulty, start_fault

_DESCRIPTION = "What prolotherapy trials found, next to what the placebo effect may explain."


def main(argv: list[str] | None = None) -> int:
    """Run one command; the exit status is 0 if all went well."""
    try:
        try:
            return _run(argv)
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.filename is not None:
            raise
        # Output can't be written; redirect it, so that Python's flush at exit does not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # the reader, such as `head`, has read enough
            print(f"The output can't be written: {error.strerror}.", file=sys.stderr)
        return 1


def _run(argv: list[str] | None) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):  # so that any file name can be printed
        sys.stdout.reconfigure(errors="backslashreplace")
    parser = _parser()
    arguments, rest = parser.parse_known_args(argv)
    if rest and arguments.run is not _serve:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    arguments.rest = rest
    try:
        with shown(arguments.data), explain_evidence_errors(but=(OSError,)):
            return int(arguments.run(arguments))
    except EvidenceError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="prolo-dash", description=_DESCRIPTION)
    parser.add_argument("--version", action="version", version=f"prolo-dash {__version__}")
    commands = parser.add_subparsers(
        title="commands", required=True, metavar="serve | build | handout | check | digest | notebooks"
    )

    # Its options are those of a Voilà application, which parses them itself.
    serve = commands.add_parser("serve", help="show the explainer in a browser", add_help=False)
    _add_data(serve)
    serve.set_defaults(run=_serve)

    build = commands.add_parser(
        "build",
        help="write the explainer as files for any host",
        description="Write the page with every prepared state as static files for any web server.",
    )
    build.add_argument(
        "target",
        type=_path,
        metavar="DIR",
        help="a new or empty folder, or one that holds an earlier build; with --one-file a file that ends in .html",
    )
    build.add_argument("--one-file", action="store_true", help="write one HTML file that opens without a network")
    _add_data(build)
    build.set_defaults(run=_build)

    _add_handout(commands)

    check = commands.add_parser(
        "check",
        help="say what is wrong in the evidence files",
        description="Check the evidence files. Each problem is one line; the exit status is 1 if there is any.",
    )
    _add_data(check)
    check.set_defaults(run=_check)

    digest = commands.add_parser(
        "digest", help="print the explainer as text", description="Print what every view says in its default state."
    )
    _add_data(digest)
    digest.set_defaults(run=_digest)

    notebooks = commands.add_parser(
        "notebooks",
        help="print the folder of the notebooks",
        description="Print the folder of the notebooks that came with the explainer, to open or to copy.",
    )
    notebooks.set_defaults(run=_notebooks, data=None)
    return parser


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data", type=_path, metavar="DIR", help="a folder of evidence files instead of the project's own"
    )


def _add_handout(commands: Any) -> None:
    handout = commands.add_parser(
        "handout",
        help="write chapters as a PDF for a class",
        description="Write chapters as a PDF for a class: each chart, how to read it, and a question with lines to "
        "write on. Or a lesson as a sheet for each pupil: guesses, checks and what is thrown. It is "
        "printed by a Chromium, Chrome or Edge on this machine. If there is none, or the target ends "
        "in .html, it is one HTML file to open in a browser and print.",
    )
    handout.add_argument("target", type=_path, metavar="TARGET", help="the file to write, .pdf or .html")
    what = handout.add_mutually_exclusive_group()
    what.add_argument(
        "--chapters",
        type=_chapters,
        metavar="LIST",
        help="which chapters, as in gain,caveat (default: all but sources and own_trial)",
    )
    what.add_argument("--lesson", type=_lesson, metavar="NAME", help="a lesson in their place, as in lesson_compared")
    handout.add_argument("--paper", choices=("a4", "letter"), default="a4", help="the paper (default: %(default)s)")
    handout.add_argument(
        "--answers", action="store_true", help="add pages for the teacher: findings, tables, notes; of a lesson the key"
    )
    handout.add_argument(
        "--link",
        type=_link,
        metavar="URL",
        help="print this address of the page, and its QR code, at the end. Without it neither is printed, for the "
        "hand-out can't know where you show the page",
    )
    _add_data(handout)
    handout.set_defaults(run=_handout)


def _path(text: str) -> Path:
    if not text.strip() or "\0" in text:
        raise argparse.ArgumentTypeError(f"{text!r} is not the name of a file or folder")
    return Path(text)


def _chapters(text: str) -> tuple[str, ...]:
    from prolo_dash.chapters.registry import CHAPTER_BY_KEY

    wanted = tuple(text.split(","))
    if unknown := [key for key in wanted if key not in CHAPTER_BY_KEY]:
        raise argparse.ArgumentTypeError(f"there is no chapter {unknown[0]!r}; there are {', '.join(CHAPTER_BY_KEY)}")
    return wanted


def _lesson(text: str) -> str:
    from prolo_dash.render.lesson_sheet import lesson_names

    if text not in lesson_names():
        raise argparse.ArgumentTypeError(f"there is no lesson {text!r}; there are {', '.join(lesson_names())}")
    return text


def _link(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]\S{,500}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not an address that begins with http:// or https://")
    return text


def _serve(arguments: argparse.Namespace) -> int:
    # jsonschema's optional check of URIs, which is not needed here, builds a parser when it is imported: a third of the
    # start-up time. (None marks a module as not installed; jsonschema then omits that check.)
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    from prolo_dash.jupyter.app import serve

    return serve(arguments.rest)


def _build(arguments: argparse.Namespace) -> int:
    from prolo_dash.evidence.library import library
    from prolo_dash.render.notebooks import NotPreparedError
    from prolo_dash.render.site import build, build_one_file
    from prolo_dash.render.targets import TargetError

    try:
        if arguments.one_file:
            print(f"{arguments.target}: {build_one_file(library(), arguments.target):,} bytes")
        else:
            files, left_out = build(library(), arguments.target)
            print(f"{arguments.target}: {files} files")
            for reason in left_out:
                print(f"Left out: {reason}.", file=sys.stderr)
    except NotPreparedError as error:
        raise_if_evidence_is_faulty()
        print(f"{error}. Run the notebook, save it, and build again.", file=sys.stderr)
        return 1
    except TargetError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{arguments.target} can't be written: {error.strerror}.", file=sys.stderr)
        return 1
    return 0


def _handout(arguments: argparse.Namespace) -> int:
    from prolo_dash.evidence.library import library
    from prolo_dash.render.handout import DEFAULT_CHAPTERS, HandoutOptions, write, write_paper
    from prolo_dash.render.lesson_sheet import LessonSheetOptions, lesson_sheet
    from prolo_dash.render.targets import TargetError

    try:
        if arguments.lesson:
            sheet = LessonSheetOptions(arguments.lesson, arguments.paper, arguments.answers)
            print(write_paper(arguments.target, lambda: lesson_sheet(library(), sheet)))
        else:
            chapters = arguments.chapters or DEFAULT_CHAPTERS
            wanted = HandoutOptions(chapters, arguments.paper, arguments.answers, arguments.link or "")
            print(write(library(), arguments.target, wanted))
    except TargetError as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{arguments.target} can't be written: {error.strerror}.", file=sys.stderr)
        return 1
    return 0


def _check(arguments: argparse.Namespace) -> int:
    from prolo_dash.evidence.check import check

    folder = data_dir()
    problems = check(folder)
    for problem in problems:
        print(problem)
    fault = "" if problems else start_fault()
    number = {0: "No problem found", 1: "1 problem"}.get(len(problems), f"{len(problems)} problems")
    print(fault or f"{number} in {folder}.")
    return 1 if problems or fault else 0


def _digest(arguments: argparse.Namespace) -> int:
    from prolo_dash.evidence.library import library
    from prolo_dash.render.digest import digest

    print(digest(library()))
    return 0


def _notebooks(_: argparse.Namespace) -> int:
    from prolo_dash.render.notebooks import notebooks_dir

    print(notebooks_dir())
    return 0


if __name__ == "__main__":
    sys.exit(main())
