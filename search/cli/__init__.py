"""The command line: words typed in a terminal go in, text or JSON and an exit status come out."""

from pinakes.search.cli.app import main

__all__ = ["main"]
