"""Articles in wide, combining and right-to-left scripts, with all that could upset output."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from pinakes.search.cli.app import pinakes

RECORDS = (
    {
        "id": "mine",
        "title": "Mine collapse in Donvik",
        "author": "Jane Doe; John Roe",
        "source": "herald.example",
        "url": "https://herald.example/mine?a=1&b=2",
        "date": "2014-03-04",
        "language": "en",
        "text": "Two workers were rescued on Tuesday after part of the mine gave way, the minister "
        "said in a statement that was read out on the radio.\n\n"
        '"The mine was safe," said the minister, who had closed a second mine in 2011; '
        "nobody believed her.",
    },
    {
        "id": "ja",
        "title": "鉱山の崩落事故で作業員五人が救出される、政府は調査委員会の設置を発表",
        "source": "例え.example",
        "date": "2014-03",
        "language": "ja",
        "text": "政府は火曜日、「mine が崩落した」と発表した。作業員五人は夜勤中で、"
        "救助隊は朝までに全員を地上に運んだという。",
    },
    {
        "id": "ar",
        "title": "انهيار المنجم mine",
        "source": "sahifa.example",
        "date": "2014",
        "language": "ar",
        "text": "قال الوزير إن المنجم mine انهار بينما كان عاملان في الأسفل، ولم يصب أحد بأذى.",
    },
    {
        "id": "cafe",
        "title": '=HYPERLINK("http://evil.example","mine")',
        "source": "@cafe.example",
        "language": "es",
        "text": 'El cafe\u0301 de la mine\x1b[2J tiene\u202e una pared, rota;\tdice "no".\n\n'
        "-2+3 mine cmd|' /C calc'!A0 \U0001f468\u200d\U0001f469\u200d\U0001f467 "
        "n\u0303andu\u0301 y e\u0301l.",
    },
    {
        "id": "long",
        "title": "",
        "source": "a-very-long-name-of-a-newspaper.with-a-subdomain.herald.example",
        "date": "2013-12-31",
        "language": "en",
        "text": "https://herald.example/" + "mine/" * 30 + " is where it was published first.",
    },
)


def run(*args: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(pinakes, [str(arg) for arg in args], input=stdin)


def make_archive(root: Path) -> Path:
    """Make an archive of `RECORDS` in the folder `root`, and return it."""
    lines = [json.dumps(record, ensure_ascii=False) for record in RECORDS]
    (root / "records.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    done = run("--archive", root, "index", root / "records.jsonl")
    assert done.exit_code == 0, done.output
    return root
