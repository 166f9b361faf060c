"""The first hits of queries that need no tree, by bounds, from lists of whole snapshots."""
