"""An application for Django: a view that searches, and a command that takes articles in.

In: settings `PINAKES_ARCHIVE`, the archive's folder, and `PINAKES_RECORDS`, the dotted name of what
returns the records that it is to hold, as mappings. Out: a page (or JSON) at the address where
`urls` is included, and `manage.py pinakes_index`.
"""

__all__: list[str] = []
