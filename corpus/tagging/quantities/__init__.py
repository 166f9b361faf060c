"""Quantities as they are written in a text: numbers, money, shares, measures, counts of people."""
