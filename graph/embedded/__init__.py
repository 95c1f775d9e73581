"""A Neo4j that the program starts by itself, as a child process of its own, and speaks to over Bolt only.

`server` is the door: `running`, `status`, `start_detached`, `stop`.
Nothing is imported here, so that the child stays small.
"""
