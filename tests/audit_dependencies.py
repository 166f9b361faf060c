"""Look for known vulnerabilities in what Pinakes depends on, as installed here.

    tox -e audit

pip-audit asks PyPI. Where it does not reach the advisories there, as behind a mirror, nothing is
known of vulnerabilities: then it is told what is older than what this release was tested with.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

TESTED = Path(__file__).parents[1] / ".ci" / "tested.txt"


def main() -> int:
    """Return 0 if nothing was found, 1 if something was."""
    told = _ask_pip_audit()
    if told is not None and (known := [each for each in told if "vulns" in each]):
        found = [
            f"{each['name']} {each['version']}: {vulnerability['id']}"
            for each in known
            for vulnerability in each["vulns"]
        ]
        sys.stdout.write("\n".join([f"{len(known)} packages audited", *found, ""]))
        return 1 if found else 0
    older = older_than(read_tested())
    sys.stdout.write("The advisories of PyPI cannot be reached: nothing was audited.\n")
    sys.stdout.write("".join(f"{line}\n" for line in older) or "Nothing is older than tested.\n")
    return 1 if older else 0


def _ask_pip_audit() -> list[dict[str, Any]] | None:
    command = [sys.executable, "-m", "pip_audit", "--local", "--skip-editable", "-f", "json"]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    try:
        dependencies: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, LookupError, TypeError):
        return None
    return dependencies


def read_tested() -> dict[str, str]:
    """Return the versions that this release was tested with."""
    lines = TESTED.read_text("utf-8").splitlines()
    return dict(line.lower().split("==") for line in lines if not line.startswith("#"))


def older_than(tested: Mapping[str, str]) -> list[str]:
    """Return a line for each package that is installed and older."""
    older = []
    for name, wanted in tested.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            continue
        if _numbers(found) < _numbers(wanted):
            older.append(f"{name} {found} is older than {wanted}, which was tested")
    return older


def _numbers(written: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", written.partition("+")[0])]


if __name__ == "__main__":
    sys.exit(main())
