import { Readable } from 'node:stream'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { ImportRefused } from '../import-refused.ts'
import { readContacts } from './read-contacts.ts'

/** The lines of all that is said of a file, or its refusal. */
async function read(chunks: Uint8Array[]) {
  const lines: number[] = []
  try {
    for await (const { values, issues } of readContacts(Readable.from(chunks), { attributes: true })) {
      lines.push(...values.map(({ line }) => line), ...issues.map(({ line }) => line))
    }
    return lines
  } catch (error) {
    if (error instanceof ImportRefused) return []
    throw error
  }
}

const soup = fc.array(
  fc.oneof(
    fc.constantFrom(
      '"',
      ',',
      ';',
      '\n',
      '\r\n',
      '\r',
      '\t',
      'id',
      'nome',
      'c-1',
      '""',
      '\u0000',
      'ò',
      '+39',
      '|',
    ),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
  ),
  { maxLength: 60 },
)

test('whatever a file holds, it is read to its end or refused, and errors name lines that are there', async () => {
  await fc.assert(
    fc.asyncProperty(soup, fc.boolean(), fc.uint8Array({ maxLength: 8 }), async (parts, isHeaded, noise) => {
      const text = `${isHeaded ? 'id,nome\n' : ''}${parts.join('')}`
      const bytes = Buffer.concat([Buffer.from(text), isHeaded ? noise : Buffer.alloc(0)])
      const last = (bytes.toString('utf8').match(/\r\n|\r|\n/g)?.length ?? 0) + 1
      for (const line of await read([bytes])) expect(line).toBeLessThanOrEqual(last)
    }),
    { numRuns: 500 },
  )
})

test('how a file is cut into pieces changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(soup, fc.integer({ min: 1, max: 9 }), async (parts, sizeBytes) => {
      const bytes = Buffer.from(`id,nome\n${parts.join('')}`)
      const pieces = Array.from({ length: Math.ceil(bytes.length / sizeBytes) }, (_, index) =>
        bytes.subarray(index * sizeBytes, (index + 1) * sizeBytes),
      )
      expect(await read(pieces)).toEqual(await read([bytes]))
    }),
    { numRuns: 200 },
  )
})
