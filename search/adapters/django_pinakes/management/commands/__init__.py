"""The commands, each in the file of its name."""

__all__: list[str] = []
