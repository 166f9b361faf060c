"""Files in, articles in the store out: what is new, changed, moved, copied, removed or gone.

`pinakes.corpus` has the names that others use; each loads its own module, and no more.
"""
