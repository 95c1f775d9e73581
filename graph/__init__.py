"""Neo4j: the embedded server, what is stored how, and the compiler of reads. Imports schema only."""
