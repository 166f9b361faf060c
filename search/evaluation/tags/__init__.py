"""Conditions on tags: which terms of an index they mean, and which tags of a passage."""
