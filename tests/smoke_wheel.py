"""Install a built wheel in a new virtual environment, away from the checkout, and use it.

Run by tox after the build: `python tests/smoke_wheel.py DIST_FOLDER`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path


def run(*command: str | Path, cwd: Path, expect: int = 0) -> str:
    """Return the command's standard output; stop the program if it ends otherwise than expected."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    if done.returncode != expect:
        sys.exit(f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def main(dist: Path) -> None:
    """Check the newest wheel in `dist`, and that an sdist stands beside it."""
    (wheel,) = dist.glob("pinakes-*.whl")
    (_sdist,) = dist.glob("pinakes-*.tar.gz")
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        venv.create(home / "venv", with_pip=True)
        binaries = home / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
        run(binaries / "python", "-m", "pip", "install", "--quiet", wheel, cwd=home)
        pinakes = binaries / "pinakes"
        run(pinakes, "--version", cwd=home)
        assert "[" in run(pinakes, "demo", "--keep", home / "kept", cwd=home)
        assert "Articles" in run(pinakes, "--archive", home / "kept", "status", cwd=home)
        run(pinakes, "--archive", home / "kept", "search", "zzzyyyxxx", cwd=home, expect=1)
        run(pinakes, "search", "word", cwd=home, expect=3)
    sys.stdout.write(f"{wheel.name}: installs and answers\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
