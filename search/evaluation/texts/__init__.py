"""What is looked for in texts, and where in the passages of a segment it stands."""
