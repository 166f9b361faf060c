"""How well and how fast copies are found: `python -m bench.copies`."""
