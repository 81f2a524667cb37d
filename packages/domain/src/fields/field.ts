/** What a field holds, in words a shopkeeper knows. `anything`: the shop's own affair, unchecked. */
export const FIELD_TYPES = [
  'text',
  'number',
  'money',
  'time',
  'link',
  'state',
  'yes_no',
  'list',
  'group',
  'anything',
] as const

export type FieldType = (typeof FIELD_TYPES)[number]

export const FIELD_LOCALES = ['en', 'it', 'uk'] as const

export type FieldLocale = (typeof FIELD_LOCALES)[number]

/** Something a template may read. */
export interface Field {
  /** As a template writes it: `order.total`. Of a list's entry: from the entry, so `name` for `item.name`. */
  path: string
  type: FieldType
  /** `with_group`: missing only with the whole group it stands in, as `payment.method` is with `payment`. */
  presence: 'always' | 'with_group' | 'optional'
  /** Of a state. `isOpen`: the shop may report others. */
  states?: { known: readonly string[]; isOpen: boolean }
  /** The fields of a list's entries. */
  entries?: readonly Field[]
  /** Of the event in EXAMPLES where that has it; valid by the kind's schema. A group has those of its fields. */
  example?: unknown
  /** What it says, without a full stop. */
  sentence: Readonly<Record<FieldLocale, string>>
  /** The names of the template filters that suit it. */
  filters: readonly string[]
}

/**
 * What stands in an event but not in templates. `personal`: the ids, e-mail addresses and phone numbers of people, and
 * who else is told: whoever reads a message may be another. `technical`: means nothing to people.
 */
export interface HiddenField {
  path: string
  reason: 'personal' | 'technical'
}
