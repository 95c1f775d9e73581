"""The graph as RDF: pages of it are read, mapped to triples, and written in any format."""
