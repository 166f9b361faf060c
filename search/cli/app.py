"""The `pinakes` command: its subcommands, and how it ends."""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import CommandError, OutputClosedError
from pinakes.search.cli.settings import shared_options

_HOMES = {
    "init": "index_commands",
    "index": "index_commands",
    "watch": "watch_command",
    "search": "search_commands",
    "show": "show_command",
    "cite": "cite_command",
    "verify": "verify_command",
    "diff": "diff_command",
    "replay": "replay_command",
    "export": "export_command",
    "count": "count_command",
    "facets": "result_commands",
    "similar": "result_commands",
    "why-not": "result_commands",
    "complete": "result_commands",
    "concord": "concord_command",
    "batch": "batch_command",
    "save": "saved_commands",
    "saved": "saved_commands",
    "tag": "tag_command",
    "tags": "tag_command",
    "synonyms": "synonyms_command",
    "eval": "eval_command",
    "judge": "judge_command",
    "status": "index_commands",
    "remove": "index_commands",
    "purge": "purge_command",
    "engine": "engine_command",
    "doctor": "doctor_command",
    "backup": "backup_commands",
    "restore": "backup_commands",
    "demo": "demo",
    "serve": "serve_command",
    "mcp": "mcp_command",
    "completion": "completion_command",
}
"""The commands in the order of their use, and where each is defined under its name."""


class _Program(click.Group):
    """A group whose every way of ending has one of our exit statuses.

    A command is loaded when it is asked for: one of them is, mostly, and the time it takes to start
    is what its user notices.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """List the commands in the order of their use."""
        return list(_HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Load a command; None if there is none of this name."""
        return _load(cmd_name) if cmd_name in _HOMES else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that `args` begin with, or say which one was probably meant."""
        if args[0] not in _HOMES:
            # click looks here for names that are near.
            self.commands = {name: _load(name) for name in _HOMES}
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        # On Windows click would expand the `*` and `?` of a query as file names.
        extra |= {"windows_expand_args": False, "standalone_mode": False}
        if not standalone_mode:
            return super().main(*args, **extra)
        for stream in (sys.stdout, sys.stderr):
            if reconfigure := getattr(stream, "reconfigure", None):
                reconfigure(errors="backslashreplace")
        sys.exit(self._finish(args, extra))

    def _finish(self, args: tuple[Any, ...], extra: dict[str, Any]) -> int:
        try:
            returned = super().main(*args, **extra)
            sys.stdout.flush()
        except CommandError as error:
            error.show()
            if error.status is ExitStatus.OUTPUT:
                _drop_output()
            return error.status
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except (click.Abort, KeyboardInterrupt, EOFError):
            click.echo("Interrupted.", err=True)
            return ExitStatus.INTERRUPTED
        except (OutputClosedError, BrokenPipeError):
            _drop_output()
            return ExitStatus.DONE
        except Exception:  # noqa: BLE001 - see ExitStatus.BUG
            import traceback

            traceback.print_exc()
            return ExitStatus.BUG
        return int(returned or ExitStatus.DONE)


def _load(name: str) -> click.Command:
    module = import_module(f"pinakes.search.cli.{_HOMES[name]}")
    # What is called as a function of Python's own has an underscore behind its name.
    own = name.replace("-", "_")
    command: click.Command = getattr(module, f"{own}_" if name == "eval" else own)
    return command


def _drop_output() -> None:
    # The interpreter flushes standard output once more at its end and would complain.
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return


def _show_version(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if not value:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version("pinakes")
    except PackageNotFoundError:
        found = "(not installed)"
    click.echo(f"pinakes {found}")
    context.exit()


@click.group(
    cls=_Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Print the version and end.",
)
@shared_options
def pinakes() -> None:
    """Turn a folder of articles into an archive of citable passages, and search it.

    Exit status: 0 found or done, 1 nothing found, 2 wrong usage or query, 3 archive missing,
    locked or damaged, 4 finished but some files (or rules) failed, 70 a bug (please report it), 74
    the output cannot be written, 130 interrupted.
    """


def main() -> NoReturn:
    """Run the program with the arguments of the process, and end the process."""
    # As Ctrl-C: what is done so far stays, and the status says that it was interrupted.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # numpy's algebra, which nothing here has work for, else starts a thread for each further core
    # when it is loaded, and these keep the cores busy for as long as a search takes.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Most of what a short command makes are the modules that answer it, and these stay to its end:
    # to look through them for garbage again and again would be a twentieth of its time.
    gc.set_threshold(50_000)
    try:
        pinakes.main(prog_name="pinakes")
    finally:
        # All goes with the process: to look through it for garbage is a tenth of a search's time.
        gc.freeze()
    sys.exit(ExitStatus.DONE)
