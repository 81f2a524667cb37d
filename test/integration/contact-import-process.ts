import { randomInt } from 'node:crypto'
import { createDatabase, importContacts } from '@postino/database'
import { readContacts } from '@postino/imports'

/**
 * Imports a file of so many lines that is made up while it is read, in a process of its own, and tells its counts and how
 * much memory it took. Of 100 lines five are broken, one of them by a quote that is never closed. `stall`: the
 * file stops in its middle and never goes on.
 */
const [url = '', shopId = '', lines = '0', mode = 'whole'] = process.argv.slice(2)
const db = createDatabase({ url, poolMax: 1, applicationName: 'contact-import' })

async function* makeFile(count: number): AsyncGenerator<Buffer> {
  yield Buffer.from('Codice cliente;Nome;Cognome;Cellulare;E-mail;Compleanno;Lingua\n')
  for (let from = 0; from < count; from += 1_000) {
    if (mode === 'stall' && from >= count / 2) {
      console.log(JSON.stringify({ stalled: true }))
      await new Promise(() => setInterval(() => undefined, 60_000))
    }
    const until = Math.min(count, from + 1_000)
    yield Buffer.from(Array.from({ length: until - from }, (_, offset) => makeLine(from + offset)).join(''))
  }
}

function makeLine(number: number): string {
  const phone = `+39347${String(1_000_000 + number)}`
  const line = `c-${number};Giulia;Rossi;${phone};g${number}@example.it;12/05/1984;it`
  switch (number % 100) {
    case 10:
      return `c-${number};"Giulia;Rossi;${phone};;;it\n`
    case 30:
      return `${line};one;too;many\n`
    case 50:
      return `;Giulia;Rossi;${phone};;;it\n`
    case 70:
      return `c-${number};Giulia;Rossi;12;;;it\n`
    case 90:
      return `c-${number};Giul\u0000ia;Rossi;${phone};;;it\n`
    default:
      return `${line}\n`
  }
}

let mostHeapBytes = 0
let errors = 0
const startedAt = performance.now()
const counts = await importContacts(db, shopId, {
  batches: readContacts(makeFile(Number(lines))),
  onIssues: (issues) => {
    errors += issues.length
    // Not every time, so as not to count what the next collection takes.
    if (randomInt(10) === 0) mostHeapBytes = Math.max(mostHeapBytes, process.memoryUsage().heapUsed)
  },
})
const mostMemoryBytes = process.resourceUsage().maxRSS * 1_024
const seconds = (performance.now() - startedAt) / 1_000
console.log(JSON.stringify({ counts, errors, mostHeapBytes, mostMemoryBytes, seconds }))
await db.close()
