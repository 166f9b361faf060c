"""Measures Pinakes beside other search engines; `bench/README.md` says how, and why it is fair.

Run from a checkout: `python -m bench compare --passages FILE --queries FILE`. Not installed.
"""
