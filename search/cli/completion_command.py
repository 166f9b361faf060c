"""`completion`: the script that lets a shell complete what is typed after `pinakes`."""

from __future__ import annotations

import click

from pinakes.search.cli.exit_status import ExitStatus
from pinakes.search.cli.messages import ends_well, print_output
from pinakes.search.cli.settings import shared_options

SHELLS = ("bash", "zsh", "fish")

# Where click adds a completion in bash; after the colon of a field no space is wanted.
_ADD_IN_BASH = "COMPREPLY+=($value)"
_ADD_WITHOUT_SPACE = f"{_ADD_IN_BASH}; [[ $value == *: ]] && compopt -o nospace"


@click.command(short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(SHELLS))
@shared_options
@ends_well
def completion(shell: str) -> ExitStatus:
    """Print the script with which SHELL completes commands, options, fields and saved names.

    bash: put `source <(pinakes completion bash)` in ~/.bashrc. zsh: put the same line with zsh in
    ~/.zshrc, after compinit. fish: pinakes completion fish >
    ~/.config/fish/completions/pinakes.fish
    """
    from click.shell_completion import get_completion_class

    root = click.get_current_context().find_root()
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"this click cannot complete for {shell}")
    script = kind(root.command, {}, "pinakes", "_PINAKES_COMPLETE").source()
    print_output(script.replace(_ADD_IN_BASH, _ADD_WITHOUT_SPACE).rstrip("\n"))
    return ExitStatus.DONE
