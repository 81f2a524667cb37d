import {
  WORDING_LOCALES,
  type ImportIssue,
  type RegistrationToImport,
  type WordingLocale,
} from '@postino/domain'
import { describeInput } from '../describe-input.ts'
import type { Row } from '../row.ts'
import { localeOf } from '../values/locale-of.ts'
import type { RegistrationColumn } from './registration-columns.ts'
import type { registrationSchema } from './registration-schema.ts'

export type RegistrationRow = Row<RegistrationColumn>

/** The registration of a row, or all that is missing or wrong. */
export function registrationOf(
  row: RegistrationRow,
  schema: ReturnType<typeof registrationSchema>,
): RegistrationToImport | ImportIssue[] {
  const parsed = schema.safeParse(inputOf(row, schema))
  if (!parsed.success) {
    return describeInput(parsed.error).map(({ path, code, message }) =>
      row.error(columnOf(path), code, message),
    )
  }
  const { external_id: externalId, name, wording: text, wording_version: version, ...proof } = parsed.data
  const locale = parseLocale(row.cell('locale'))
  const wording = text === undefined ? shopsWording(version, locale) : { text }
  if (wording === undefined) {
    const message = 'is blank: give the words that were shown, or the version and language of yours'
    return [row.error('wording', 'missing', message)]
  }
  return {
    line: row.line,
    chatId: proof.chat_id,
    ...(externalId !== undefined && { externalId }),
    ...(name !== undefined && { name }),
    ...(locale !== undefined && { locale }),
    purposes: proof.purposes,
    obtainedAt: proof.obtained_at,
    source: proof.source,
    wording,
    reference: proof.reference,
  }
}

type Field = keyof ReturnType<typeof registrationSchema>['shape']

function inputOf(row: RegistrationRow, schema: ReturnType<typeof registrationSchema>) {
  // The names of the schema's own members, as they were written.
  const fields = Object.keys(schema.shape) as Field[]
  return Object.fromEntries(fields.map((field) => [field, row.cell(field)]))
}

/** The schema is flat, so that a path is the name of a member. */
function columnOf(path: string): Field {
  return path as Field
}

function shopsWording(version: number | undefined, locale: WordingLocale | undefined) {
  return version === undefined || locale === undefined ? undefined : { version, locale }
}

function parseLocale(text: string | undefined): WordingLocale | undefined {
  const language = localeOf(text ?? '')
    .toLowerCase()
    .split('-')[0]
  return WORDING_LOCALES.find((locale) => locale === language)
}
