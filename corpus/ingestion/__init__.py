"""Files in, articles in the store out: what is new, changed, moved, copied, removed or gone."""
