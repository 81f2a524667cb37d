import { createInterface } from 'node:readline'

/** The next line that is typed, without blanks around it; undefined when there is none. */
export async function readLine(input: NodeJS.ReadableStream): Promise<string | undefined> {
  const lines = createInterface({ input, terminal: false })
  try {
    for await (const line of lines) return line.trim()
    return undefined
  } finally {
    lines.close()
  }
}
