import {
  contactInputSchema,
  type ContactInput,
  type ContactToImport,
  type ImportIssue,
} from '@postino/domain'
import { describeInput } from '../describe-input.ts'
import type { Row } from '../row.ts'
import { birthdayOf } from '../values/birthday-of.ts'
import { localeOf } from '../values/locale-of.ts'
import { phoneOf, type CountryCode } from '../values/phone-of.ts'

export type ContactField =
  | 'external_id'
  | 'first_name'
  | 'last_name'
  | 'locale'
  | 'time_zone'
  | 'phone'
  | 'email'
  | 'birthday'

export interface ContactRules {
  /** Columns kept as attributes, by the names these have. */
  attributes: readonly { name: string; index: number }[]
  /** Of numbers without a country code. */
  country: CountryCode | undefined
  /** The phone number is the external id, too. */
  isKnownByPhone: boolean
}

const FIELD_OF: Readonly<Record<string, ContactField>> = {
  'name.first': 'first_name',
  'name.last': 'last_name',
  locale: 'locale',
  time_zone: 'time_zone',
  phone: 'phone',
  email: 'email',
  birthday: 'birthday',
}

/** The contact of a row, or all that is wrong with it. */
export function contactOf(row: Row<ContactField>, rules: ContactRules): ContactToImport | ImportIssue[] {
  const input = inputOf(row, rules)
  if (input.external_id === undefined) {
    return [row.error('external_id', 'id_missing', 'is blank: nobody can know whose line this is')]
  }
  const parsed = contactInputSchema.safeParse(input)
  if (parsed.success) return importedOf(row.line, parsed.data, input.attributes)
  return describeInput(parsed.error).map(({ path, code, message }) =>
    row.error(FIELD_OF[path] ?? 'external_id', code, message),
  )
}

function inputOf(row: Row<ContactField>, rules: ContactRules) {
  const phone = phoneIn(row, rules)
  const birthday = row.cell('birthday')
  const locale = row.cell('locale')
  return {
    external_id: rules.isKnownByPhone ? phone : row.cell('external_id'),
    name: { first: row.cell('first_name'), last: row.cell('last_name') },
    locale: locale === undefined ? undefined : localeOf(locale),
    time_zone: row.cell('time_zone'),
    phone,
    email: row.cell('email'),
    birthday: birthday === undefined ? undefined : birthdayOf(birthday),
    attributes: attributesOf(row, rules.attributes),
  }
}

// One that is none stays as it is, to be refused by the domain.
function phoneIn(row: Row<ContactField>, { country }: ContactRules): string | undefined {
  const phone = row.cell('phone')
  return phone === undefined ? undefined : (phoneOf(phone, country) ?? phone)
}

function attributesOf(
  row: Row<ContactField>,
  columns: ContactRules['attributes'],
): Record<string, string> | undefined {
  const given = columns.flatMap(({ name, index }) => {
    const text = row.at(index)
    return text === undefined ? [] : [[name, text] as const]
  })
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

function importedOf(line: number, input: ContactInput, attributes: ContactToImport['attributes']) {
  const contact: ContactToImport = { line, externalId: input.external_id }
  if (input.name?.first) contact.firstName = input.name.first
  if (input.name?.last) contact.lastName = input.name.last
  if (input.locale) contact.locale = input.locale
  if (input.time_zone) contact.timeZone = input.time_zone
  if (input.phone) contact.phone = input.phone
  if (input.email) contact.email = input.email
  if (input.birthday) contact.birthday = input.birthday
  if (attributes) contact.attributes = attributes
  return contact
}
