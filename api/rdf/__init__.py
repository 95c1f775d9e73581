"""RDF over HTTP: things at their own addresses, the vocabulary, and the exports."""
