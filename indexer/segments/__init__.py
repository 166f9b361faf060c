"""Articles in, files of flat arrays out, and what they answer (`docs/index-format.md`)."""
