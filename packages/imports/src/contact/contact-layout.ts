import { findColumns, plainName, type FoundColumns } from '../columns/find-columns.ts'
import type { ImportIssue } from '@postino/domain'
import { ignoredColumns } from '../columns/ignored-columns.ts'
import { ImportRefused } from '../import-refused.ts'
import type { Layout } from '../row.ts'
import { CONTACT_COLUMNS, type ContactColumn } from './contact-columns.ts'
import type { ContactField } from './contact-of.ts'

export interface ContactLayout extends Layout<ContactField> {
  attributes: { name: string; index: number }[]
  /** The phone number is the external id, too. */
  isKnownByPhone: boolean
  notices: ImportIssue[]
}

/**
 * Finds a file's columns. `idColumn` names the one whose values are the external ids, for a book that is kept by phone
 * number or address. `attributes`: columns of other names are kept as attributes, else told and left aside.
 *
 * @throws ImportRefused without a column for the external id
 */
export function contactLayout(
  header: string[],
  options: { attributes?: boolean; idColumn?: string },
): ContactLayout {
  const needed: ContactColumn[] = options.idColumn === undefined ? ['external_id'] : []
  const columns = findColumns(header, CONTACT_COLUMNS, needed)
  const { known } = columns
  const idPlace = options.idColumn === undefined ? known.external_id : placeOf(header, options.idColumn)
  const places = {
    external_id: present(idPlace),
    // A whole name is how the person is addressed, when no given name is there.
    first_name: present(known.first_name ?? known.name),
    last_name: present(known.last_name),
    locale: present(known.locale),
    time_zone: present(known.time_zone),
    phone: present(known.mobile, known.phone),
    email: present(known.email),
    birthday: present(known.birthday),
  }
  const attributes = options.attributes === true ? attributeColumns(columns, idPlace) : []
  const used = [...Object.values(places).flat(), ...attributes.map(({ index }) => index)]
  const isKnownByPhone = idPlace !== undefined && places.phone.includes(idPlace)
  return { header, places, attributes, isKnownByPhone, notices: ignoredColumns(header, used) }
}

function placeOf(header: readonly string[], column: string): number {
  const index = header.findIndex((name) => plainName(name) === plainName(column))
  if (index !== -1) return index
  throw new ImportRefused('column_missing', `it has no column "${column}"`)
}

function present(...indexes: (number | undefined)[]): number[] {
  return indexes.filter((index) => index !== undefined)
}

function attributeColumns({ unknown }: FoundColumns<ContactColumn>, idPlace: number | undefined) {
  const columns = unknown.flatMap(({ name, index }) => {
    const attribute = attributeName(name)
    return attribute === undefined || index === idPlace ? [] : [{ name: attribute, index }]
  })
  const twice = columns.find(({ name, index }) => columns.some((c) => c.name === name && c.index < index))
  if (twice === undefined) return columns
  throw new ImportRefused('column_twice', `two of its columns would be the attribute ${twice.name}`)
}

/** As templates name it; undefined when nothing of the name is left. */
function attributeName(name: string): string | undefined {
  const attribute = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  return /^[a-z][a-z0-9_]{0,63}$/.test(attribute) ? attribute : undefined
}
