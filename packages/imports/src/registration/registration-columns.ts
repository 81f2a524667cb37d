import type { ColumnNames } from '../columns/find-columns.ts'
import { CONTACT_COLUMNS } from '../contact/contact-columns.ts'

export type RegistrationColumn =
  | 'chat_id'
  | 'external_id'
  | 'name'
  | 'purposes'
  | 'obtained_at'
  | 'source'
  | 'wording'
  | 'wording_version'
  | 'locale'
  | 'reference'

/** In English, Italian and Ukrainian; as `plainName` has them. */
export const REGISTRATION_COLUMNS: ColumnNames<RegistrationColumn> = {
  chat_id: ['chatid', 'telegramid', 'telegramuserid', 'tgid', 'idtelegram', 'idchat', 'idчату', 'телеграмid'],
  external_id: CONTACT_COLUMNS.external_id,
  name: [...CONTACT_COLUMNS.name, ...CONTACT_COLUMNS.first_name],
  purposes: ['purposes', 'purpose', 'finalità', 'scopi', 'scopo', 'цілі', 'ціль', 'мета'],
  obtained_at: [
    'obtainedat',
    'date',
    'consentdate',
    'dateofconsent',
    'data',
    'dataconsenso',
    'datadelconsenso',
    'дата',
    'датазгоди',
  ],
  source: ['source', 'origine', 'fonte', 'provenienza', 'джерело'],
  wording: ['wording', 'consenttext', 'text', 'testo', 'testodelconsenso', 'текст', 'текстзгоди'],
  wording_version: ['wordingversion', 'version', 'versione', 'версія'],
  locale: CONTACT_COLUMNS.locale,
  reference: ['reference', 'ref', 'proof', 'riferimento', 'prova', 'посилання', 'доказ'],
}
