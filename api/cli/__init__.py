"""The command `tradegraph`."""
