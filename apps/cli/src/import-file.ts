import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { ImportIssue } from '@postino/domain'
import { ImportRefused } from '@postino/imports'
import { CommandFailure } from './failures/command-failure.ts'
import type { Surroundings } from './surroundings.ts'

type OnIssues = (issues: readonly ImportIssue[]) => Promise<void>

const MOST_TOLD = 20

/**
 * Runs an import of a file, or of standard input for `-`, and tells what is wrong with it: all of it in the file `errors`, or
 * the first ones at the terminal. @throws CommandFailure when the file cannot be read or taken
 */
export async function withImportFile<T>(
  { path, errors, input, warn }: { path: string; errors: string | undefined } & Surroundings,
  work: (chunks: AsyncIterable<Buffer | string>, onIssues: OnIssues) => Promise<T>,
): Promise<T> {
  const name = path === '-' ? 'standard input' : path
  const report = errors === undefined ? createTelling(warn) : await createReport(errors)
  try {
    const open = () => (path === '-' ? input : createReadStream(path))
    return await work(readChunks(open, name), report.add)
  } catch (error) {
    if (error instanceof ImportRefused) throw new CommandFailure(`${name} cannot be taken: ${error.message}`)
    throw error
  } finally {
    await report.close()
  }
}

/** Opened when it is read: until then nobody would hear that it cannot be. */
async function* readChunks(
  open: () => AsyncIterable<Buffer | string>,
  name: string,
): AsyncGenerator<Buffer | string> {
  try {
    for await (const chunk of open()) yield chunk
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`${name} cannot be read (${reason})`, { cause: error })
  }
}

interface Report {
  add: OnIssues
  close: () => Promise<void>
}

function createTelling(warn: (line: string) => void): Report {
  let count = 0
  return {
    add: async (issues) => {
      for (const issue of issues) {
        count += 1
        if (count <= MOST_TOLD) warn(sentenceOf(issue))
      }
    },
    close: async () => {
      if (count > MOST_TOLD) warn(`… and ${count - MOST_TOLD} more: --errors <file> takes them all.`)
    },
  }
}

function sentenceOf({ line, column, message, severity }: ImportIssue): string {
  const place = column === undefined ? '' : ` ${column}`
  return `line ${line}:${place} ${message}${severity === 'notice' ? ' (told only)' : ''}`
}

/** A CSV file of its own; its disk may be slower than what fills it. */
async function createReport(path: string): Promise<Report> {
  const file = createWriteStream(path)
  await once(file, 'open').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CommandFailure(`${path} cannot be written (${reason})`, { cause: error })
  })
  await write(file, ['severity', 'line', 'column', 'code', 'message'])
  return {
    async add(issues) {
      for (const { severity, line, column = '', code, message } of issues) {
        await write(file, [severity, String(line), column, code, message])
      }
    },
    async close() {
      file.end()
      await finished(file)
    },
  }
}

async function write(file: WriteStream, cells: string[]): Promise<void> {
  const quoted = cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
  if (!file.write(`${quoted.join(',')}\n`)) await once(file, 'drain')
}
