"""The GraphQL API: types derived from the ontology, given to Strawberry, answered by the graph."""
