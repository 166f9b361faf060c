"""A copy of the process tags articles, too: the same ones, whatever becomes of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pinakes.search import Archive
from tests.test_search_finding_ahead import ARTICLES, add_rule, held, make_archive

TAGGED = ARTICLES - -(-ARTICLES // 3)
# Threads of numpy's are threads, and what is counted here, tests count on.
ENVIRONMENT = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
RUN = """
import os, sys, time
from pinakes.search import Archive, IndexOptions
from pinakes.corpus import ReadingLimits
from pinakes.search.tagging import finding_ahead, rerun, retag_process
from pinakes.search.tagging.finding_ahead import FindingAhead as Ahead
rerun._is_worth_a_process = lambda _look_ups, **_more: True
started, there = [], []
init, read, next_here = Ahead.__init__, finding_ahead.read_reply, Ahead._next_here
tag_again = retag_process.ArticleTagger._tag_again

def note(self, *told, **more):
    init(self, *told, **more)
    started.append(self)

def read_reply(*sent):
    made = read(*sent)
    there.extend(made)
    return made

def wait_for_copy(ahead, page):
    with ahead._turn:
        ahead._turn.wait_for(
            lambda: ahead._is_closed or not (ahead._left[page] or ahead._is_busy_with(page)), 60
        )
    return next_here(ahead, page)

Ahead.__init__, finding_ahead.read_reply, Ahead._next_here = note, read_reply, wait_for_copy
{more}
with Archive.open({root!r}) as archive:
    report = archive.index([{root!r}], options=IndexOptions(limits=ReadingLimits()))
print([each._is_copy for each in started], len(there), report.retagged)
"""
FAULTS = {
    "ends": "retag_process.ArticleTagger._tag_again = lambda *asked: os._exit(3)",
    "fails": "retag_process.ArticleTagger._tag_again = lambda *asked: 1 / 0",
    "says something else": (
        "retag_process.write_reply = lambda stream, made: "
        "retag_process.write_frame(stream, {'made': [[1]]})"
    ),
    "hangs": (
        "finding_ahead._PATIENCE_S = 0.05; Ahead._next_here = next_here\n"
        "retag_process.ArticleTagger._tag_again = lambda *asked: time.sleep(60)"
    ),
}
FOREIGN = """
from pinakes.corpus import FoundTag, Tagger, TagLevel
from pinakes.corpus.tagging import registry

words = open(os.path.join({root!r}, "0.txt"), buffering=0, mode="rb")

def find(passage):
    words.seek(0)
    value = words.read(2).decode()
    return [FoundTag(type="first", value=value, start=0, end=len(passage.text), reason="so")]

foreign = Tagger(name="foreign", version=1, types=("first",), level=TagLevel.BASIC, find=find)
registry._of_packages = lambda: [("foreign", lambda: foreign)]
with Archive.open({root!r}) as archive:
    report = archive.tags.rerun("foreign")
print([each._is_copy for each in started], report.changed, dict(report.failed))
raise SystemExit
"""
HABITS = {
    "forgets those that end": "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN)",
    "takes leave of all that end": (
        "import signal\ndef leave(*_told):\n"
        "    try: os.waitpid(-1, os.WNOHANG)\n"
        "    except ChildProcessError: pass\n"
        "signal.signal(signal.SIGCHLD, leave)"
    ),
    "reads and tells nothing": "os.close(0); os.close(2)",
    "logs all": (
        "import logging; log = os.path.join({root!r}, '.pinakes', 'log')\n"
        "logging.basicConfig(level=logging.DEBUG, filename=log)\n"
        "tag = tag_again\n"
        "def tag_and_tell(*asked):\n"
        "    logging.info('here'); print('and', 'there', flush=True)\n"
        "    return tag(*asked)\n"
        "retag_process.ArticleTagger._tag_again = tag_and_tell"
    ),
}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux only")


def run(root: Path, more: str = "") -> str:
    """Tag in another process, and a copy of that; return what it says."""
    code = RUN.replace("{more}", more).replace("{root!r}", repr(os.fspath(root)))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=ENVIRONMENT, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture(scope="module")
def tagged_alone(tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    """What an archive holds that one process has tagged; all are copies of the same one."""
    root = make_archive(tmp_path_factory.mktemp("tagged") / "alone")
    add_rule(root, 1)
    alone = run(root, "rerun._is_worth_a_process = lambda _look_ups, **_more: False")
    assert alone == f"[] 0 {TAGGED}"
    return list(held(root))


def test_a_process_and_its_copy_make_the_same_archive_bit_for_bit(
    tmp_path: Path, tagged_alone: list[object]
) -> None:
    root = make_archive(tmp_path / "both")
    add_rule(root, 1)
    assert run(root) == f"[True] {ARTICLES} {TAGGED}"
    assert held(root) == tagged_alone


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_whatever_a_copy_does_everything_is_tagged(
    tmp_path: Path, tagged_alone: list[object], fault: str
) -> None:
    root = make_archive(tmp_path / "both")
    add_rule(root, 1)
    assert run(root, fault).startswith("[True] 0 ")
    assert held(root) == tagged_alone


def test_a_process_with_other_threads_makes_no_copy(tmp_path: Path) -> None:
    root = make_archive(tmp_path / "both")
    add_rule(root, 1)
    more = "import threading; threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    assert run(root, more) == f"[False] {ARTICLES} {TAGGED}"


@pytest.mark.parametrize("habit", HABITS.values(), ids=HABITS.keys())
def test_a_copy_does_its_work_whatever_the_habits_of_an_application(
    tmp_path: Path, habit: str
) -> None:
    root = make_archive(tmp_path / "both")
    add_rule(root, 1)
    assert run(root, habit) == f"[True] {ARTICLES} {TAGGED}"


def test_a_copy_that_is_gone_ends_no_process_that_pipes_may_end(
    tmp_path: Path, tagged_alone: list[object]
) -> None:
    root = make_archive(tmp_path / "both")
    add_rule(root, 1)
    more = """
import signal
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
finding_ahead._serve_copy = lambda _plan, _dictionaries, _requests, replies: (
    retag_process.write_frame(replies, {'is_ready': True})
)
write = finding_ahead.write_articles

def write_to_nobody(requests, asked):
    os.waitid(os.P_PID, started[0]._process._id, os.WEXITED | os.WNOWAIT)
    write(requests, asked)

finding_ahead.write_articles = write_to_nobody
"""
    assert run(root, more) == f"[True] 0 {TAGGED}"
    assert held(root) == tagged_alone


def test_what_a_tagger_of_another_package_has_open_it_goes_on_reading(tmp_path: Path) -> None:
    root = make_archive(tmp_path / "both")
    assert run(root, FOREIGN) == f"[False] {ARTICLES} {{}}"


def test_where_no_copy_can_be_made_none_is_needed(tmp_path: Path) -> None:
    root = make_archive(tmp_path / "both")
    add_rule(root, 1)
    more = "def fork(): raise OSError('no room')\nos.fork = fork"
    assert run(root, more) == f"[False] 0 {TAGGED}"


def test_tags_by_hand_stay_where_a_copy_tags(tmp_path: Path) -> None:
    root = make_archive(tmp_path / "both")
    with Archive.open(root) as archive:
        archive.tags.change("valley", add=["checked"])
        checked = archive.search("topic:checked", limit=1).passages
    add_rule(root, 1)
    # The articles with such tags are left to whoever asks.
    assert run(root) == f"[True] {ARTICLES - TAGGED} {TAGGED}"
    with Archive.open(root) as archive:
        assert archive.search("topic:checked", limit=1).passages == checked == TAGGED


def test_a_copy_ends_with_the_process_and_holds_no_lock(tmp_path: Path) -> None:
    root = make_archive(tmp_path / "both")
    add_rule(root, 1)
    hang = FAULTS["hangs"].replace("0.05", "60")
    code = RUN.replace("{more}", hang).replace("{root!r}", repr(os.fspath(root)))
    code = code.replace("started.append(self)", "print(self._process._id, flush=True)")
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env=ENVIRONMENT, text=True
    ) as process:
        assert process.stdout is not None
        copy = int(process.stdout.readline())
        # It is at work on its first article.
        time.sleep(0.3)
        process.kill()
    with Archive.open(root) as archive:
        assert archive.index([root]).retagged == TAGGED
    until = time.monotonic() + 30
    while _is_running(copy):
        assert time.monotonic() < until
        time.sleep(0.05)


def _is_running(process_id: int) -> bool:
    try:
        status = Path(f"/proc/{process_id}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
