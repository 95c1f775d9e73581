"""Fetching jars: side by side, checked while they come, and put in their place only when whole.

jgo has resolved them and says where Maven Central is. It does not fetch them, since it opens two connections a jar:
216 jars took it 21 s one after the other and 48 s side by side, where kept connections take less than 1 s.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path

import requests
from jgo.constants import MAVEN_CENTRAL_URL

from graph.embedded.errors import EmbeddedError, folder_error
from graph.embedded.jar import Jar
from graph.embedded.progress import Progress

AT_ONCE = 4
TRIES = 3
TIMEOUT = 60
CHUNK = 1 << 18
TEXT = "Fetching jars (first start only)"
ADVICE = (
    "Check the network; HTTPS_PROXY sets a proxy, TRADEGRAPH_MAVEN_MIRROR a mirror of Maven Central "
    "(docs/embedded.md). What was fetched is kept, so that the next start goes on from here."
)


def fetch(jars: list[Jar], cache: Path, progress: Progress) -> None:
    """Bring these jars into the cache. Raises EmbeddedError; jars that came whole stay all the same."""
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        with requests.Session() as session:
            waiting: list[Future[None]] = [pool.submit(_fetch_one, session, jar, cache) for jar in jars]
            for done, future in enumerate(as_completed(waiting), start=1):
                future.result()
                progress.count(TEXT, done, len(jars))
    finally:
        pool.shutdown(cancel_futures=True)


def _fetch_one(session: requests.Session, jar: Jar, cache: Path) -> None:
    place = cache / jar.path
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with _partial(place) as partial:
            if _download(session, jar, partial) != jar.sha256:
                raise EmbeddedError(
                    f"{jar.name} came with a wrong SHA-256 and was thrown away: a mirror or proxy serves something "
                    "else than was locked. Set TRADEGRAPH_MAVEN_MIRROR to another one (docs/embedded.md)."
                )
            partial.replace(place)
    except requests.RequestException as error:  # an OSError too, hence before it
        raise EmbeddedError(f"{jar.name} could not be fetched ({error}). {ADVICE}") from error
    except OSError as error:
        raise folder_error(cache, error) from error


@contextmanager
def _partial(place: Path) -> Iterator[Path]:
    """A file beside the place, of this process alone, that is gone afterwards."""
    partial = place.with_name(f"{place.name}.{os.getpid()}.partial")
    for old in place.parent.glob("*.partial"):  # of a download that was killed
        if time.time() - old.stat().st_mtime > 10 * TIMEOUT:
            old.unlink(missing_ok=True)
    try:
        yield partial
    finally:
        partial.unlink(missing_ok=True)


def _download(session: requests.Session, jar: Jar, partial: Path) -> str:
    """Write the jar and return its SHA-256. A connection that breaks is tried again."""
    address = f"{_remote()}/{jar.path}"
    for attempt in range(1, TRIES):
        try:
            return _attempt(session, address, partial)
        except requests.RequestException:
            time.sleep(attempt)
    return _attempt(session, address, partial)


def _attempt(session: requests.Session, address: str, partial: Path) -> str:
    digest = hashlib.sha256()
    with session.get(address, stream=True, timeout=TIMEOUT) as response, partial.open("wb") as file:
        response.raise_for_status()
        for chunk in response.iter_content(CHUNK):
            file.write(chunk)
            digest.update(chunk)
    return digest.hexdigest()


def _remote() -> str:
    return (os.environ.get("TRADEGRAPH_MAVEN_MIRROR") or MAVEN_CENTRAL_URL).rstrip("/")
