"""Fuzz one of the targets for some minutes, guided by the coverage of the code.

    pip install -e '.[fuzz]'      # atheris, which is libFuzzer for Python
    python -m tests.fuzz TARGET --minutes M --corpus DIR

Inputs that reach new code are kept in DIR, and what makes the target raise, hang or take too much
memory is written to DIR/found; then the status is not 0. It begins with the target's own seeds and
with what is kept of it in `tests/fuzz/corpus/TARGET`.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

from tests.fuzz.target_lines import TARGET_LINES

KEPT = Path(__file__).parent / "corpus"
_MOST_SECONDS_AN_INPUT = 25
_MOST_MB = 2000


def main() -> None:
    """Hand over to libFuzzer, which ends the process."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz",
        description=__doc__,
        epilog="targets:\n"
        + "\n".join(f"  {name:<10} {line}" for name, line in TARGET_LINES.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "target", metavar="TARGET", choices=list(TARGET_LINES), help="one of those below"
    )
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    try:
        import atheris
    except ModuleNotFoundError:
        raise SystemExit("atheris is missing: pip install -e '.[fuzz]'") from None
    with atheris.instrument_imports(include=["pinakes", "json", "zipfile", "email", "tomllib"]):
        from tests.fuzz.targets import TARGETS, quiet
    quiet()
    target = TARGETS[asked.target]
    found = asked.corpus / "found"
    found.mkdir(parents=True, exist_ok=True)
    inputs = asked.corpus / "inputs"
    inputs.mkdir(exist_ok=True)
    for seed in target.seeds():
        (inputs / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    options = [
        f"-max_total_time={int(asked.minutes * 60)}",
        f"-timeout={_MOST_SECONDS_AN_INPUT}",
        f"-rss_limit_mb={_MOST_MB}",
        f"-max_len={target.longest}",
        f"-artifact_prefix={found}/",
        f"-seed={asked.seed}",
        "-use_value_profile=1",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    folders = [str(inputs), *([str(KEPT / asked.target)] if (KEPT / asked.target).is_dir() else [])]
    atheris.Setup([sys.argv[0], *options, *folders], target.run, enable_python_coverage=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
