"""What all tests share: golden files."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from pinakes.corpus.ingestion import file_tags
from pinakes.search import rehearsal

GOLDEN = Path(__file__).parent / "golden"


def pytest_configure() -> None:
    """Let Ctrl-C reach the commands that tests start, and give no case a limit of time.

    A shell makes what it starts with `&` deaf to it, and that is inherited; a handler is not.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # How long a case takes says what else the machine does.
    settings.register_profile("pinakes", deadline=None)
    settings.load_profile("pinakes")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare text with the golden file of that name, or write it under `--update-golden`."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        with path.open(encoding="utf-8", newline="") as file:
            assert text == file.read(), (
                f"differs from {path}; pytest --update-golden, read the diff"
            )

    return check


@pytest.fixture(scope="session", autouse=True)
def _reads_in_this_process() -> Iterator[None]:
    """Read files without other processes, which take a second to begin, unless limits are given."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rehearsal, "limits_of", lambda options, _configured: options.limits)
        yield


@pytest.fixture
def fresh_taggers() -> Iterator[None]:
    """Let no tagger of this test be used in another: a process keeps those it has loaded."""
    file_tags.loaded.cache_clear()
    yield
    file_tags.loaded.cache_clear()
