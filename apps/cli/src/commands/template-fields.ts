import { FIELD_LOCALES, fieldsOf, type EventKind, type Field } from '@postino/domain'
import { Option, type Command } from 'commander'
import { sayList } from '../say-list.ts'
import type { Surroundings } from '../surroundings.ts'
import { commandHelp } from '../templates/command-help.ts'
import { parseKind } from '../templates/template-name.ts'

interface FieldsOptions {
  language: (typeof FIELD_LOCALES)[number]
  json?: boolean
}

/** `template fields`. */
export function addTemplateFieldsCommand(group: Command, { say }: Surroundings): void {
  group
    .command('fields')
    .argument('<kind>', 'of event, such as order.status_changed', parseKind)
    .description(
      'list what a text of this kind may read: path, what it holds, whether it is always there, an example',
    )
    .addOption(new Option('--language <language>', 'of the sentences').choices(FIELD_LOCALES).default('en'))
    .option('--json', 'everything, the filters that suit each, too, for programs')
    .addHelpText('after', commandHelp('template fields order.status_changed --language it'))
    .action((kind: EventKind, { language, json }: FieldsOptions) => {
      const fields = flatten(fieldsOf(kind))
      sayList(fields, {
        say,
        json,
        cells: ({ path, type, presence, sentence, example }) => {
          return [path, type, WHEN[presence], sentence[language], exampleOf(example)]
        },
      })
    })
}

const WHEN: Record<Field['presence'], string> = {
  always: 'always',
  with_group: 'with its group',
  optional: 'maybe',
}

/** Entries of lists as a template walks through them: `cart.items[].name`. */
function flatten(fields: readonly Field[], before = ''): Field[] {
  return fields.flatMap(({ entries, ...field }) => {
    const path = before + field.path
    return [{ ...field, path }, ...(entries === undefined ? [] : flatten(entries, `${path}[].`))]
  })
}

/** A group has the examples of its fields. */
function exampleOf(example: unknown): string {
  return typeof example === 'string' || typeof example === 'number' ? String(example) : ''
}
