"""Dates as they are written in a text: what they look like, what they are, when they are."""
