"""Archives to serve: the sample articles, and articles that mean harm."""

from __future__ import annotations

import atexit
import json
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pinakes.search import Archive

ARTICLES = Path(__file__).parent / "articles"
BELL, ESCAPE, OVERRIDE = "\x07", "\x1b[2J\x1b[31m", "\u202e"
SCRIPT = "<script>window.harmed=1</script>"
IMAGE = '"><img src=x onerror="window.harmed=2">'
HARMFUL: tuple[dict[str, str], ...] = (
    {
        "title": f"Title {SCRIPT}{IMAGE} tail",
        "text": f"Harm {SCRIPT} in a text. {{{{ 7 * 7 }}}} {IMAGE} </blockquote></article>\n\n"
        f"Bidirectional {OVERRIDE}drawkcab text, and {ESCAPE}red{BELL} signs of harm.",
        "url": "javascript:window.harmed=3//",
        "author": f"Mallory {SCRIPT}",
        "source": f"evil{IMAGE}.example",
        "date": "2014-03-04",
    },
    {
        "id": f"record {OVERRIDE}{ESCAPE}",
        "title": f"Another {OVERRIDE}gpj.exe harm",
        "text": "Harm &amp; &lt;b&gt; as they are written, and 'quotes' \"both\" ways.",
        "url": "data:text/html,<script>window.harmed=4</script>",
        "author": 'O\'Mallory " onmouseover="window.harmed=5',
        "date": "2015",
    },
)


def make_samples(root: Path) -> Archive:
    """Make an archive of the sample articles, with a file that cannot be read.

    All in one process of tests are copies of the first.
    """
    shutil.copytree(_first_samples(), root)
    return Archive.open(root)


@cache
def _first_samples() -> Path:
    held = TemporaryDirectory()
    atexit.register(held.cleanup)
    root = Path(held.name) / "archive"
    folder = root / "saved"
    folder.mkdir(parents=True)
    for source in sorted(ARTICLES.iterdir()):
        (folder / source.name).write_bytes(source.read_bytes())
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture<b>.gif").write_bytes(b"GIF89a")
    with Archive.create(root) as archive:
        archive.index(folder)
        archive.saved.save("returns", '"right to return"')
    return root


def make_harmful(root: Path) -> Archive:
    """Make an archive of articles that mean harm, tagged so that their tags do, too."""
    root.mkdir(parents=True)
    lines = "".join(json.dumps(record) + "\n" for record in HARMFUL)
    # What texts hold of such signs is left out when they are read; names of files are as they are.
    path = root / f"harm{OVERRIDE}{ESCAPE}<img src=x onerror=alert(1)>.jsonl"
    path.write_text(lines, "utf-8")
    archive = Archive.create(root)
    archive.index(path)
    archive.tags.change("harm", add=[f'topic:"{SCRIPT} {OVERRIDE} topic"'])
    archive.saved.save("harm", f'"{SCRIPT}" OR harm')
    return archive
