import { createDatabase, migrateToLatest } from '@postino/database'

const url = process.env['DATABASE_URL'] ?? ''
const db = createDatabase({ url, poolMax: 1, applicationName: 'migrate-process' })
console.log(JSON.stringify({ ran: await migrateToLatest(db) }))
await db.close()
