"""The command line: what there is, its flags, and its exit codes."""

from __future__ import annotations

import asyncio
import json
import sys
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from neo4j.exceptions import AuthError, DriverError, Neo4jError
from rich.console import Console

from api.cli import asking, exporting, keys, resolve, store
from api.cli import doctor as doctor_checks
from api.cli.database import connection, opened
from api.cli.loading import Summary, check, decide, load_paths, split_loader
from api.cli.up import listen, serve
from api.likeness import THRESHOLD
from api.settings import Settings, SettingsError, read_settings
from graph.connection import Connection
from graph.embedded.progress import progress_on
from graph.embedded.server import EmbeddedError, start_detached, status, stop
from graph.identities import DecidedOtherwiseError
from graph.store import NewerGraphError
from loaders import curated
from loaders.streams import STDIN, StreamError

ERRORS = Console(stderr=True)
HELP = "Who negotiated what, when and at what rate: a graph of trade relations with the source of every answer."
app = typer.Typer(help=HELP, no_args_is_help=False, pretty_exceptions_enable=False, add_completion=False)
db = typer.Typer(help="The embedded database: start it in the background, stop it, look at it.")
app.add_typer(db, name="db")
app.add_typer(keys.app, name="keys")

Home = Annotated[Path | None, typer.Option(help="Folder of the state (store, jars); TRADEGRAPH_HOME.")]
Force = Annotated[bool, typer.Option("--force", help="Replace what is there.")]
Json = Annotated[bool, typer.Option("--json", help="Data as JSON on standard output, nothing else there.")]


class Exit(IntEnum):
    """Documented exit codes."""

    OK = 0
    FAILED = 1
    USAGE = 2
    REFUSED = 3
    UNAVAILABLE = 4
    QUARANTINED = 5


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """Without a command: up."""
    if context.invoked_subcommand is None:
        up()


@app.command()
def up(
    port: Annotated[int | None, typer.Option(help="Port to serve on; 8000 by default.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to serve on; loopback by default.")] = None,
    workers: Annotated[int | None, typer.Option(help="Processes that serve; 1 by default.")] = None,
    home: Home = None,
    _no_browser: Annotated[bool, typer.Option("--no-browser", help="Accepted; no browser is opened yet.")] = False,
) -> None:
    """Start the database, load the shipped data, answer three questions and serve the API until Ctrl-C."""
    settings = read_settings(port=port, host=host, workers=workers, home=home)
    with listen(settings.host, settings.port) as listening, connection(settings, own=True) as where:
        asyncio.run(serve(settings, where, listening))


@app.command()
def load(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Curated YAML files or folders, the shipped data without; or a loader's name and its files."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check the files; write nothing.")] = False,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Load files into the graph. Loading the same twice changes nothing; a load that was cut off is simply run again.

    A loader's files may be .gz, .zip or .zst, or - for standard input. Exits with 3 where curated files are refused, with 5
    where rows were quarantined.
    """
    name, paths = split_loader(files or [curated.SHIPPED])
    missing = [str(path) for path in paths if path != STDIN and not path.exists()]
    if missing:
        raise typer.BadParameter(f"no such file or folder: {', '.join(missing)}")
    settings = read_settings(home=home)
    if dry_run:
        summaries = [check(name, paths, settings.home / "quarantine")]
    else:
        with connection(settings) as where:
            summaries = asyncio.run(_load(settings, where, name, paths))
    _print([each.as_dict() for each in summaries], as_json, "\n".join(str(each) for each in summaries))
    if any(summary.quarantined for summary in summaries):
        raise typer.Exit(Exit.QUARANTINED)


async def _load(settings: Settings, where: Connection, name: str | None, paths: list[Path]) -> list[Summary]:
    async with opened(settings, where) as database:
        await decide(database, settings.home / "decisions", progress_on())
        return await load_paths(database, name, paths, settings.home / "quarantine", progress_on())


@app.command("resolve")
def resolve_things(
    apply: Annotated[
        bool, typer.Option("--apply", help="Make the graph follow the decisions as they now are; propose nothing.")
    ] = False,
    least: Annotated[float, typer.Option(help="The score from which on a pair is proposed.")] = THRESHOLD,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Propose pairs that may be one thing, with the score and what it is made of, as YAML to paste decisions from."""
    settings = read_settings(home=home)
    with connection(settings) as where:
        found = asyncio.run(resolve.run(settings, where, apply, least))
    if isinstance(found, int):
        _print({"groups": found}, as_json, f"{found} groups of ids are now decided otherwise")
    else:
        _print([resolve.as_dict(each) for each in found], as_json, resolve.draft(found))


@app.command()
def query(
    document: Annotated[
        str, typer.Argument(help="A GraphQL document, a file that holds one, or - for standard input.")
    ],
    variables: Annotated[str, typer.Option(help="Variables as a JSON object.")] = "{}",
    home: Home = None,
) -> None:
    """Answer a GraphQL document and print the response as JSON. Exits with 1 where it has errors."""
    text = asking.document(document)
    settings = read_settings(home=home)
    with connection(settings) as where:
        response = asyncio.run(asking.answer(settings, where, text, asking.variables(variables)))
    sys.stdout.write(json.dumps(response, ensure_ascii=False, indent=2) + "\n")
    if response.get("errors"):
        raise typer.Exit(Exit.FAILED)


@app.command()
def export(  # noqa: PLR0913, PLR0917
    folder: Annotated[Path | None, typer.Argument(help="Where to; by default what is served at /dumps/.")] = None,
    format_: Annotated[
        str, typer.Option("--format", help="nquads, trig, ntriples, turtle, jsonld or rdfxml.")
    ] = "nquads",
    compress: Annotated[str, typer.Option(help="gzip, zstd or none.")] = "gzip",
    current: Annotated[bool, typer.Option("--current", help="What holds today, as plain triples.")] = False,
    kind: Annotated[
        list[str] | None, typer.Option(help="Only facts or entities of this kind; may be repeated.")
    ] = None,
    party: Annotated[str | None, typer.Option(help="Only facts that name this party: JP, EU.")] = None,
    start: Annotated[str | None, typer.Option("--from", help="Only facts that hold on this day or later.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Only facts that hold on this day or earlier.")] = None,
    at: Annotated[str | None, typer.Option(help="Only facts that hold on this day.")] = None,
    as_known_on: Annotated[str | None, typer.Option(help="Only what was known on this day.")] = None,
    since: Annotated[
        str | None, typer.Option(help="What changed since this moment, as the export before names it.")
    ] = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Write the graph as RDF: full, with who says what in graphs, or current; with checksums, in an index that machines poll."""
    settings = read_settings(home=home)
    asked = exporting.Asked(format_, compress, current, tuple(kind or ()), party, start, end, at, as_known_on, since)
    try:
        record = exporting.run(settings, asked, folder or settings.home / "dumps")
    except exporting.OrderError as error:
        raise typer.BadParameter(str(error)) from error
    files = ", ".join(f"{each['name']} ({each['bytes']} bytes)" for each in record["files"])
    _print(record, as_json, f"{record['triples']} triples in {files}; moment {record['moment']}")


@db.command("start")
def db_start(home: Home = None) -> None:
    """Start the embedded database in the background."""
    settings = read_settings(home=home)
    started = start_detached(settings.home, progress_on())
    sys.stdout.write(f"{started.uri}\n")


@db.command("stop")
def db_stop(home: Home = None) -> None:
    """Stop the embedded database that runs in the background."""
    stopped = stop(read_settings(home=home).home)
    sys.stdout.write("stopped\n" if stopped else "it was not running\n")


@db.command("status")
def db_status(home: Home = None, as_json: Json = False) -> None:
    """Say whether the embedded database runs, where and since when. Exits with 4 where it does not."""
    live = status(read_settings(home=home).home)
    if live is None:
        _print({"running": False}, as_json, "not running: start it with `tradegraph up` or `tradegraph db start`")
        raise typer.Exit(Exit.UNAVAILABLE)
    found = {"running": True, "pid": live.pid, "uri": live.connection.uri, "since": str(live.since)}
    _print(found, as_json, f"process {live.pid} at {live.connection.uri} since {live.since}")


@db.command("dump")
def db_dump(
    file: Annotated[Path, typer.Argument(help="The file to write.")], force: Force = False, home: Home = None
) -> None:
    """Write the graph of the embedded database, while it is stopped, to one file. The password is not in it."""
    store.dump(read_settings(home=home), file, force)


@db.command("restore")
def db_restore(
    file: Annotated[Path, typer.Argument(help="A file that `db dump` wrote.")], force: Force = False, home: Home = None
) -> None:
    """Make the embedded database, while it is stopped, what the file holds."""
    store.restore(read_settings(home=home), file, force)


@app.command()
def checksum(home: Home = None, as_json: Json = False) -> None:
    """Say the checksum of the graph: equal for equal graphs, whatever the order in which they were loaded."""
    found = store.checksum(read_settings(home=home))
    _print(found, as_json, f"{found['checksum']}  {found['nodes']} nodes, {found['relations']} relations")


@app.command()
def doctor(home: Home = None, as_json: Json = False) -> None:
    """Check the machine, the database and the graph; each fault comes with a line that says how to mend it."""
    findings = doctor_checks.examine(read_settings(home=home))
    _print([finding.as_dict() for finding in findings], as_json, "\n".join(str(finding) for finding in findings))
    if not all(finding.good for finding in findings):
        raise typer.Exit(Exit.FAILED)


def _print(data: Any, as_json: bool, text: str) -> None:
    sys.stdout.write((json.dumps(data, ensure_ascii=False, indent=2) if as_json else text) + "\n")


def unavailable(error: Exception) -> str:
    """What to do where the database does not answer, or refuses us."""
    if isinstance(error, AuthError):
        return "it refuses the user or the password: check NEO4J_USER and NEO4J_PASSWORD"
    first = str(error).splitlines()[0] if str(error) else type(error).__name__
    return f"{first} Check NEO4J_URI, or see `tradegraph doctor`."


def run() -> None:
    """Entry point: errors that a user can mend come as their text alone."""
    try:
        app()
    except curated.CuratedError as error:
        ERRORS.print(f"refused, nothing was loaded:\n{error}", markup=False, soft_wrap=True)
        sys.exit(Exit.REFUSED)
    except (SettingsError, StreamError) as error:
        ERRORS.print(str(error), markup=False, soft_wrap=True)
        sys.exit(Exit.USAGE)
    except (EmbeddedError, NewerGraphError, DecidedOtherwiseError) as error:
        ERRORS.print(str(error), markup=False, soft_wrap=True)
        sys.exit(Exit.UNAVAILABLE)
    except (DriverError, Neo4jError) as error:
        ERRORS.print(f"the database cannot be used: {unavailable(error)}", markup=False, soft_wrap=True)
        sys.exit(Exit.UNAVAILABLE)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
