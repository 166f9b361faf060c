"""Tags of an archive: the user's rules, tags by hand, tagging again, and why a tag is there."""
