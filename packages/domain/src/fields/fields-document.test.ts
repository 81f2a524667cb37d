import { expect, test } from 'vitest'
import { EVENT_KINDS, KIND_RULES, type EventKind } from '../kind.ts'
import { moneySchema } from '../schema/money.ts'
import type { Field } from './field.ts'
import { fieldsOf } from './fields-of.ts'

const INTRODUCTION = `# What templates may read

Every template may read \`contact\`, who reads the message, \`shop\`, and \`extra\`, whatever the shop sends in \`data.extra\`. What may be
missing stands in an \`{% if … %}\`, or has a substitute: \`{{ note | default("…") }}\`.
`

const PRESENCE: Record<Field['presence'], string> = {
  always: 'always',
  with_group: 'with its group',
  optional: 'may be missing',
}

test('FIELDS.md lists every field of every kind', async () => {
  const document = [INTRODUCTION, ...EVENT_KINDS.map(chapterOf)].join('\n')
  await expect(document).toMatchFileSnapshot('../../FIELDS.md')
})

function chapterOf(kind: EventKind): string {
  return [
    `## \`${kind}\``,
    '',
    KIND_RULES[kind].description,
    '',
    '| field | | | what it says | example |',
    '|---|---|---|---|---|',
    ...fieldsOf(kind).flatMap((field) => [
      rowOf(field),
      ...(field.entries ?? []).map((entry) => rowOf({ ...entry, path: `${field.path}[…].${entry.path}` })),
    ]),
    '',
  ].join('\n')
}

function rowOf({ path, type, presence, sentence, example }: Field): string {
  return `| \`${path}\` | ${type} | ${PRESENCE[presence]} | ${sentence.en} | ${shownExample(example)} |`
}

function shownExample(example: unknown): string {
  if (typeof example === 'string' || typeof example === 'number') return `\`${example}\``
  const money = moneySchema.safeParse(example)
  return money.success ? `\`${money.data.amount} ${money.data.currency}\`` : ''
}
