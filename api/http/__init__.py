"""GraphQL over HTTP: what is read of a request, what is refused, and how it is answered."""
