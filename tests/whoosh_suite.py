"""Run the tests of Whoosh's own source distribution with our codec as its default.

`python tests/whoosh_suite.py` takes the release of Whoosh that is installed, downloads its source
distribution with pip, and runs all its tests twice in this environment: with the stock codec, then
with `SchemaCodec` under the names `whoosh.codec.default_codec` and `whoosh.codec.whoosh3.W3Codec`,
in child processes too. What passes with the stock codec must pass with ours, but for the tests in
`whoosh_suite_differences.toml`, which says why. `--sdist FILE` spares the download. Further
arguments are names of test files, to run only these.

Whoosh's tests are its authors' (2-clause BSD licence); they stay in a temporary folder.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

SDISTS = {"2.7.4": "Whoosh==2.7.4", "3.54.0": "whoosh3==3.54.0"}
DIFFERENCES = Path(__file__).with_name("whoosh_suite_differences.toml")

# Python imports a module of this name when it starts, child processes included.
SITE = """
import whoosh.codec, whoosh.codec.whoosh3
from pinakes.indexer.whoosh_index.any_schema.codec import SchemaCodec
whoosh.codec.default_codec = whoosh.codec.whoosh3.W3Codec = SchemaCodec
"""
PROBE = "import whoosh.codec; print(type(whoosh.codec.default_codec()).__name__)"
RELEASE = "import whoosh; print('.'.join(map(str, whoosh.__version__)))"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the suite said.

    Attributes:
        passed: The tests that passed.
        told: The summary's line for each other test.
    """

    passed: frozenset[str]
    told: dict[str, str]


def run_python(*arguments: str, folder: Path, site: Path | None = None) -> str:
    """Return the standard output of this Python, run in `folder`."""
    environment = os.environ | {
        # A test of Whoosh's depends on the order of a set, and fails for every other seed; its
        # memory storage takes a fixed name in the folder for temporary files.
        "PYTHONHASHSEED": "2",
        "PYTHONWARNINGS": "ignore",
        "TMPDIR": str(folder),
    }
    if site is not None:
        environment["PYTHONPATH"] = str(site)
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    return done.stdout


def fetch_tests(release: str, sdist: Path | None, home: Path) -> Path:
    """Return the folder of tests of a release, unpacked below `home`."""
    if sdist is None:
        command = ("-m", "pip", "download", "--quiet", "--no-binary", ":all:", "--no-deps")
        run_python(*command, "--dest", str(home), SDISTS[release], folder=home)
        (sdist,) = (path for path in home.iterdir() if path.is_file())
    shutil.unpack_archive(sdist, home / "sdist")
    (tests,) = (home / "sdist").glob("*/tests")
    # Away from the sources beside them: it is the installed package that is tested.
    return Path(shutil.move(tests, home / "tests"))


def run_suite(tests: Path, chosen: Sequence[str], site: Path | None = None) -> Outcome:
    """Run tests of Whoosh's in `tests`; a name that is not there is left out."""
    found = [name for name in chosen if (tests / name).is_file()] if chosen else ["."]
    options = ("-c", os.devnull, "--rootdir", ".", "-p", "no:cacheprovider", "-q", "--tb=no")
    output = run_python("-m", "pytest", *found, *options, "-rA", folder=tests, site=site)
    passed, told = set(), {}
    for line in output.splitlines():
        verdict, _, rest = line.partition(" ")
        if verdict == "PASSED":
            passed.add(rest)
        elif verdict in ("FAILED", "ERROR", "SKIPPED", "XFAIL"):
            told[rest.partition(" - ")[0]] = line
    return Outcome(frozenset(passed), told)


def expected_differences() -> dict[str, str]:
    """Return the tests that may fail with our codec, and why."""
    groups = tomllib.loads(DIFFERENCES.read_text(encoding="utf-8"))
    return {test: group["reason"] for group in groups.values() for test in group["tests"]}


def problems_of(stock: Outcome, ours: Outcome, expected: Collection[str]) -> list[str]:
    """Return what should not be: new failures, and expected ones that pass."""
    lost = sorted(stock.passed - ours.passed - set(expected))
    problems = [ours.told.get(test, f"MISSING {test}") for test in lost]
    unneeded = sorted(stock.passed & ours.passed & set(expected))
    return problems + [f"PASSED {test}, though it is listed" for test in unneeded]


def report(stock: Outcome, ours: Outcome) -> int:
    """Print the comparison; return the exit status."""
    both = stock.passed & ours.passed
    expected = expected_differences()
    lost = stock.passed - ours.passed
    reasons = dict.fromkeys(expected[test] for test in sorted(lost & expected.keys()))
    for reason in reasons:
        tests = sorted(test for test in lost if expected.get(test) == reason)
        say(f"expected to differ: {', '.join(tests)}\n    {reason.strip()}")
    problems = problems_of(stock, ours, expected)
    for problem in problems:
        say(f"PROBLEM: {problem}")
    say(f"{len(stock.told)} fail or are skipped here with the stock codec, and do not count")
    say(f"{len(both)} passed, {len(lost & expected.keys())} expected differences")
    return 1 if problems or not both else 0


def say(line: str) -> None:
    """Print at once: a run takes a minute."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Run both suites and compare them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sdist", type=Path, help="the release's source distribution")
    parser.add_argument("files", nargs="*", help="test files of Whoosh's; all of them if none")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home, site = Path(name), Path(name, "site")
        release = run_python("-c", RELEASE, folder=home).strip()
        tests = fetch_tests(release, options.sdist and options.sdist.resolve(), home)
        site.mkdir()
        (site / "sitecustomize.py").write_text(SITE, encoding="utf-8")
        codec = run_python("-c", PROBE, folder=home, site=site).strip()
        if codec != "SchemaCodec":
            sys.exit(f"the default codec is {codec!r}, not ours")
        say(f"Whoosh {release}")
        return report(run_suite(tests, options.files), run_suite(tests, options.files, site=site))


if __name__ == "__main__":
    sys.exit(main())
