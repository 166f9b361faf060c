"""The code runs nothing that it has read, and what it leans on is known."""

from __future__ import annotations

import ast
import configparser
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audit_dependencies import older_than, read_tested

ROOT = Path(__file__).parents[1]
MODULES = frozenset({"pickle", "_pickle", "cPickle", "dill", "marshal", "shelve", "code", "codeop"})
CALLS = frozenset({"eval", "exec", "compile", "__import__", "system", "popen"})
# Of other modules: `re.compile` is no code.
_FROM_MODULES = frozenset({"os", "builtins"})

needs_checkout = pytest.mark.skipif(
    not (ROOT / "corpus").is_dir(), reason="the code is in a checkout only"
)


def dangers_in(source: str) -> Iterator[str]:
    """Yield what in a module runs, or unpacks to objects, what it is given."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names if each.name.split(".")[0] in MODULES)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] in MODULES:
                yield module
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                yield name
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=name)) if (
                name in CALLS and owner in _FROM_MODULES
            ):
                yield f"{owner}.{name}"
            case ast.keyword(arg="shell" | "allow_pickle", value=ast.Constant(value=True)):
                yield str(node.arg)


@needs_checkout
def test_no_module_unpickles_evaluates_or_starts_a_shell() -> None:
    files = [
        path for layer in ("corpus", "indexer", "search") for path in (ROOT / layer).rglob("*.py")
    ]
    assert len(files) > 300
    found = {
        str(path.relative_to(ROOT)): list(dangers)
        for path in files
        if (dangers := list(dangers_in(path.read_text("utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "planted",
    [
        "import pickle",
        "from marshal import loads",
        "import shelve as kept",
        "eval(text)",
        "exec(text, {})",
        "__import__(name)",
        "os.system(command)",
        "builtins.eval(text)",
        "subprocess.run(command, shell=True)",
        "numpy.load(path, allow_pickle=True)",
    ],
)
def test_the_check_notices_each(planted: str) -> None:
    assert list(dangers_in(f"def work():\n    {planted}"))
    assert not list(dangers_in("re.compile(pattern); allow_pickle = False; f(shell=False)"))


@needs_checkout
def test_the_rules_of_ruff_on_security_are_on_for_all_of_the_code() -> None:
    lint = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]["lint"]
    assert "S" in lint["select"]
    assert not [rule for rule in lint["ignore"] if re.fullmatch(r"S\d*", rule)]
    excused = lint["per-file-ignores"]
    assert not [place for place in excused if place.startswith(("corpus", "indexer", "search"))]


@needs_checkout
def test_all_that_is_installed_with_it_is_among_what_was_tested() -> None:
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg", "utf-8")
    needed = settings["options"]["install_requires"].split("\n")
    for extra in ("eval", "mcp", "pdf", "warc", "watch", "web"):
        needed += settings["options.extras_require"][extra].split("\n")
    names = {re.split(r"[ ;<>=\[]", line)[0].lower() for line in needed if line}
    assert names - set(read_tested()) == set()


def test_what_is_older_than_tested_is_told() -> None:
    assert older_than({"click": "0.1", "no-such-package": "9"}) == []
    (told,) = older_than({"click": "99.0"})
    assert re.fullmatch(r"click [\d.]+ is older than 99.0, which was tested", told)
