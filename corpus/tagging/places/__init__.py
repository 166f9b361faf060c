"""Finds the places that a text names: the lists, and what tells a place from its namesakes."""
