"""How every GraphQL field is read: one table of Cypher fragments, and the compiler that joins them into one statement."""
