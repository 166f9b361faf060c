"""How well sentences are told apart: texts written for it, and splitters side by side."""
