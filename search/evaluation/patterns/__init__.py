"""A pattern in, the words of the archive that it stands for out."""
