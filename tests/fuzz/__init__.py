"""Coverage-guided fuzzing of all that reads what strangers made; see `__main__`."""
