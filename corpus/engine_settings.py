"""Which engine answers the queries of an archive, and where it is."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

LOCAL = "local"
OPENSEARCH = "opensearch"
_URL = re.compile(r"https?://[^\s/@]+/?")
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}")
_TABLE = re.compile(r"^\[engine\]\n(?:(?!\[).*\n?)*", re.MULTILINE)
_INTRODUCTION = "# Where queries are answered; written by `pinakes engine`.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """Which engine answers the queries of an archive.

    Attributes:
        kind: `local`, the segments below `.pinakes/index`, or `opensearch`.
        urls: Of nodes of the cluster, `http://host:9200` or `https://…`; one or more.
        name: What the names of its indexes there begin with; archives with the same name on the
            same cluster are one: each adds its articles. Empty for a name of the archive's own.
        ca_file: The certificates that sign those of the nodes, in PEM; empty for the system's.
        shards: In how many parts the articles are kept.
        replicas: How many further copies of each part.

    Raises:
        ValueError: One of them is none; the first word says which.
    """

    kind: str = LOCAL
    urls: tuple[str, ...] = ()
    name: str = ""
    ca_file: str = ""
    shards: int = 3
    replicas: int = 1

    def __post_init__(self) -> None:
        if self.kind not in (LOCAL, OPENSEARCH):
            raise ValueError(f"kind is {LOCAL} or {OPENSEARCH}, not {self.kind!r}")
        if self.kind == OPENSEARCH and not self.urls:
            raise ValueError("urls is missing; name a node of the cluster: http://localhost:9200")
        for url in self.urls:
            if not _URL.fullmatch(url):
                # With a name and a password in it, it is not to be seen in messages.
                told = url.rpartition("@")[2]
                raise ValueError(
                    f"urls has {told!r}; expected http://host:port or https://host:port, without "
                    "name and password, which come from the environment"
                )
        if self.name and not _NAME.fullmatch(self.name):
            raise ValueError("name has other signs than a-z, 0-9, `.`, `_` and `-`, or too many")
        if self.shards < 1:
            raise ValueError("shards is below 1")
        if self.replicas < 0:
            raise ValueError("replicas is below 0")

    @property
    def is_local(self) -> bool:
        """Whether the archive answers from its own folder."""
        return self.kind == LOCAL


def read_engine_table(content: object) -> EngineSettings:
    """Return the settings that the table `[engine]` of a file of settings makes.

    Raises:
        ValueError: It makes none; the first word says which setting.
    """
    if not isinstance(content, dict):
        raise ValueError("kind is expected in a table: [engine] on a line of its own")
    kinds: dict[str, type] = {"shards": int, "replicas": int}
    asked: dict[str, Any] = {}
    for key, value in content.items():
        if key not in EngineSettings.__dataclass_fields__:
            known = ", ".join(EngineSettings.__dataclass_fields__)
            raise ValueError(f"{key} is no setting; there are {known}")
        if key == "urls":
            urls = [value] if isinstance(value, str) else value
            if not isinstance(urls, list) or not all(isinstance(url, str) for url in urls):
                raise ValueError('urls is a list of addresses: ["https://node1:9200"]')
            asked[key] = tuple(urls)
        elif type(value) is not kinds.get(key, str):
            raise ValueError(f"{key} is {value!r}; expected a {kinds.get(key, str).__name__}")
        else:
            asked[key] = value
    return EngineSettings(**asked)


def write_engine(path: Path, settings: EngineSettings) -> None:
    """Set the engine in the file of settings at `path`, and change nothing else in it.

    Raises:
        OSError: It cannot be written.
    """
    from pinakes.corpus.syncing import sync_file, sync_folder

    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        text = ""
    text = _TABLE.sub("", text).replace(_INTRODUCTION, "").rstrip("\n") + "\n"
    if not settings.is_local:
        default = asdict(EngineSettings())
        kept = {key: value for key, value in asdict(settings).items() if value != default[key]}
        lines = (f"{key} = {json.dumps(value)}\n" for key, value in kept.items())
        text = f"{text}\n{_INTRODUCTION}[engine]\n{''.join(lines)}"
    draft = path.with_name(f"{path.name}.new")
    draft.write_text(text, "utf-8", newline="\n")
    sync_file(draft)
    draft.replace(path)
    sync_folder(path.parent)
