"""One module a source: each reads a file or stream and yields entities and facts. Imports schema only."""
