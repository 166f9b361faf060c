"""`python -m pinakes.search.cli` is `pinakes`."""

from pinakes.search.cli import main

main()
