import { checkTemplate, createRenderer } from '@postino/templates'
import { attempt, EXHAUSTING_DATA, EXHAUSTING_SOURCES } from '@postino/templates/bench.ts'
import { CONTEXT, longContent, shippedContent } from './order-message.ts'

// Prints how many milliseconds of the processor the first thing takes that a process does: `render`, `check`, or what an exhausting template is called.

const [task = ''] = process.argv.slice(2)
const run = prepare(task)
const before = process.threadCpuUsage()
run()
const { user, system } = process.threadCpuUsage(before)
console.log((user + system) / 1_000)

function prepare(name: string): () => unknown {
  if (name === 'render') {
    const content = shippedContent()
    return () => createRenderer()(content, CONTEXT)
  }
  if (name === 'check') {
    const template = { kind: CONTEXT.kind, state: 'shipped', locale: 'it', content: longContent() }
    return () => checkTemplate(template)
  }
  const attack = [...EXHAUSTING_SOURCES, ...EXHAUSTING_DATA].find((exhausting) => exhausting.name === name)
  if (attack === undefined) throw new Error(`there is no exhausting template called ${name}`)
  return () => attempt(attack.source, attack.data)
}
