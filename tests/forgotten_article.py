"""An article full of words that no other article has, among others, to be purged."""

from __future__ import annotations

from pathlib import Path

from pinakes.search import Archive

TITLE = "Quillback ferry founders off Zanthorpe"
NAME = "quillback-ferry-founders-off-zanthorpe.html"
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>{TITLE}</title>
<meta name="author" content="Ottoline Brackwater">
<link rel="canonical" href="https://gullmarsh.example/quillback-zanthorpe-2016">
<meta property="article:published_time" content="2016-03-04"></head><body><article>
<h1>{TITLE}</h1>
<p>The Quillback, a ferry of the Drumlochty line, foundered on Friday two miles off Zanthorpe with
ninety people aboard, the harbourmaster Eustace Pellwether said. The lifeboats of Zanthorpe and of
Skerrivaig took off the passengers within the hour, and nobody was drowned.</p>
<h2>Barnacled pumps</h2>
<p>“The bilgepumps had been jammed since Candlemas,” said Ottokar Fennimore, who kept the
engine. Он назвал это головотяпством. The line's directors, who sit in Grimsvatn, have been
summoned by the magistrates of Skerrivaig under the Merchant Wherries Act 1904.</p>
<p>Swollen hawsers, unswept chimneys and a corroded bulwark were found by the surveyors.</p>
</article></body></html>"""
WORDS = (
    "Quillback", "Zanthorpe", "Brackwater", "Ottoline", "gullmarsh", "Drumlochty",
    "Pellwether", "Skerrivaig", "barnacled", "barnacl", "bilgepumps", "bilgepump", "Candlemas",
    "Fennimore", "Ottokar", "головотяпством", "головотяпств", "Grimsvatn", "Wherries", "wherri",
    "hawsers", "unswept", "bulwark", "founders", "foundered",
)  # fmt: skip
"""Words of it that no other article has, and the stems of some."""


def write_files(folder: Path, *, others: int = 12) -> None:
    """Write the article, with the folder that a browser saves beside a page, and some others."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NAME).write_text(PAGE, "utf-8")
    pictures = folder / NAME.replace(".html", "_files")
    pictures.mkdir(exist_ok=True)
    (pictures / "picture.png").write_bytes(b"\x89PNG")
    for number in range(others):
        (folder / f"other-{number}.txt").write_text(
            f"The council met on day {number} of the month.\n\n"
            f"It heard the surveyors of mine {number}, and a letter on pumps and chimneys.\n\n"
            "The passengers of the train to Geneva were not concerned, the directors said.\n",
            "utf-8",
        )


def make_archive(root: Path, *, others: int = 12) -> Archive:
    """Make an archive of them, in which the article has been tagged, changed and asked for."""
    write_files(root / "articles", others=others)
    archive = Archive.create(root)
    archive.index(root / "articles")
    page = root / "articles" / NAME
    archive.tags.change(find_id(archive), add=["topic:Fennimorism"])
    page.write_text(PAGE.replace("ninety people", "ninety-one people"), "utf-8")
    archive.index(root / "articles")
    archive.saved.save("ferries", "Quillback OR council")
    archive.saved.save("letters", "letter surveyors")
    return archive


def find_id(archive: Archive) -> str:
    """Return the id of the article."""
    (hit,) = archive.search("Pellwether")
    return hit.article.id
