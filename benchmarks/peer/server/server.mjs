// @neo4j/graphql on Apollo Server: node server.mjs BOLT-ADDRESS USER PASSWORD PORT
import { readFileSync } from "node:fs";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { Neo4jGraphQL } from "@neo4j/graphql";
import neo4j from "neo4j-driver";

const [address, user, password, port] = process.argv.slice(2);
const driver = neo4j.driver(address, neo4j.auth.basic(user, password));
const typeDefs = readFileSync(new URL("./types.graphql", import.meta.url), "utf8");
const schema = await new Neo4jGraphQL({ typeDefs, driver, features: { filters: { String: { LTE: true, GT: true } } } }).getSchema();
const server = new ApolloServer({ schema, introspection: false });
await startStandaloneServer(server, {
  listen: { port: Number(port), host: "127.0.0.1" },
  context: async () => ({ sessionConfig: { database: "neo4j" } }),
});
console.log("ready");
