// The audits of graphql-http on the service at AUDITED: one line of JSON for each, into results.json.
import { writeFileSync } from 'node:fs'
import { auditServer } from 'graphql-http'

const results = await auditServer({ url: process.env.AUDITED })
const told = results.map((each) => ({ id: each.id, name: each.name, status: each.status, reason: each.reason ?? null }))
writeFileSync('results.json', JSON.stringify(told))
