"""Our service beside @neo4j/graphql on Apollo Server, over one database: `python -m benchmarks.peer`."""
