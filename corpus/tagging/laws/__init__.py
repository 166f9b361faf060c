"""Finds what a text says of law: instruments, their articles, resolutions and statutes.

In: a text and its language. Out: canonical names with spans. The lists stand beside: instruments of
international law (`instruments.csv`) and national codes and statutes (`national.csv`), both written
for this project.
"""
