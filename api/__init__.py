"""The service: GraphQL over HTTP, health, and the terminal. Imports graph and schema."""
