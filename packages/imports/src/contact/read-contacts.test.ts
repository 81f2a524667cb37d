import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { ImportRefused } from '../import-refused.ts'
import { parseCountry } from '../values/phone-of.ts'
import { readContacts, type ContactFileOptions } from './read-contacts.ts'

async function read(file: string | Buffer, options?: ContactFileOptions) {
  const contacts = []
  const issues = []
  for await (const batch of readContacts(Readable.from([Buffer.from(file)]), options)) {
    contacts.push(...batch.values)
    issues.push(...batch.issues)
  }
  return { contacts, issues: issues.map(({ line, column, code }) => `${line} ${column ?? '-'} ${code}`) }
}

async function refusal(file: string | Buffer, options?: ContactFileOptions): Promise<string> {
  const refused = await read(file, options).catch((error: unknown) => error)
  return refused instanceof ImportRefused ? refused.code : 'not refused'
}

test('[BEY-16] Name, Mobile and Birthday are understood, and the number is the id when it is said to be', async () => {
  const { contacts } = await read('Name;Mobile;Birthday\nGiulia Rossi;+39 347 123 4567;12/05/1984\n', {
    idColumn: 'mobile',
  })
  expect(contacts).toEqual([
    {
      line: 2,
      externalId: '+393471234567',
      firstName: 'Giulia Rossi',
      phone: '+393471234567',
      birthday: '1984-05-12',
    },
  ])
})

test.each([
  ['it', 'Codice cliente;Nome;Cognome;Cellulare;E-mail;Compleanno;Lingua;Fuso orario'],
  ['en', 'External ID,First name,Last name,Phone number,Email,Date of birth,Language,Time zone'],
  ['uk', 'Код клієнта\tІм’я\tПрізвище\tТелефон\tЕлектронна пошта\tДень народження\tМова\tЧасовий пояс'],
])('[BEY-16] columns are known by their names in %s', async (_, header) => {
  const delimiter = /[;,\t]/.exec(header)?.[0] ?? ''
  const line = [
    'c-1',
    'Giulia',
    'Rossi',
    '0039 347 1234567',
    'g@example.it',
    '--05-12',
    'IT-it',
    'Europe/Rome',
  ]
  const { contacts, issues } = await read(`${header}\r\n${line.join(delimiter)}\r\n`)
  expect(issues).toEqual([])
  expect(contacts).toEqual([
    {
      line: 2,
      externalId: 'c-1',
      firstName: 'Giulia',
      lastName: 'Rossi',
      phone: '+393471234567',
      email: 'g@example.it',
      birthday: '--05-12',
      locale: 'it-IT',
      timeZone: 'Europe/Rome',
    },
  ])
})

test('UTF-8 with and without mark and UTF-16 with one are read alike', async () => {
  const text = 'id,nome\n1,Niccolò\n2,Олена\n'
  const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')
  const { contacts } = await read(text)
  expect(contacts.map(({ firstName }) => firstName)).toEqual(['Niccolò', 'Олена'])
  for (const file of [`\uFEFF${text}`, utf16, Buffer.from(utf16).swap16()]) {
    expect((await read(file)).contacts).toEqual(contacts)
  }
})

test('a file that as a whole cannot be taken is refused with its reason', async () => {
  expect(await refusal(Buffer.from('id,nome\n1,Niccolò\n', 'latin1'))).toBe('not_utf8')
  expect(await refusal(Buffer.from('id,nome\n1,N\n', 'utf16le'))).toBe('not_utf8')
  expect(await refusal('PK\u0003\u0004 a workbook')).toBe('is_spreadsheet')
  expect(await refusal('')).toBe('empty_file')
  expect(await refusal(' \n\n')).toBe('empty_file')
  expect(await refusal('id,nome\n')).toBe('no_rows')
  expect(await refusal('nome,cognome\nGiulia,Rossi\n')).toBe('column_missing')
  expect(await refusal('id,codice cliente,nome\n1,2,Giulia\n')).toBe('column_twice')
  expect(await refusal('id,nome\n1,Giulia\n', { idColumn: 'Tessera' })).toBe('column_missing')
  expect(await refusal('"id,nome\n1,Giulia\n')).toBe('header_broken')
})

test('a bad line is told with its place in the file, and the good ones around it are taken', async () => {
  const file = [
    'id;nome;telefono;compleanno;lingua;email;note',
    '1;Giulia;+393471234567;;;;',
    '2;Marco;347 1234567;;;;',
    '3;"Anna\nMaria";;31/02/1990;;;',
    ';Nobody;;;;;',
    '6;Luca;;;klingon;luca@;',
    '7;Sara',
    '8;Ugo;;;;;;;9',
    '9;"Pia;;;;;',
    '10;N\u0000L;;;;;',
    '11;Rita;;;;;;;',
    `${'x'.repeat(200)};Long;;;;;`,
  ].join('\n')
  const { contacts, issues } = await read(file)
  expect(contacts.map(({ line, externalId }) => `${line} ${externalId}`)).toEqual(['2 1', '12 11'])
  expect(issues).toEqual([
    '1 note column_ignored',
    '3 telefono invalid_phone',
    '4 compleanno invalid_birthday',
    '6 id id_missing',
    '7 lingua invalid_locale',
    '7 email invalid_email',
    '8 - too_few_cells',
    '9 - too_many_cells',
    '10 - broken_quotes',
    '11 nome unreadable',
    '13 id too_long',
  ])
})

test('a number without country code needs its country', async () => {
  const file = 'id,phone\n1,347 1234567\n2,06 1234 5678\n3,+44 7700 900123\n4,12\n'
  const { contacts, issues } = await read(file, { country: parseCountry('it') })
  expect(contacts.map(({ phone }) => phone)).toEqual(['+393471234567', '+390612345678', '+447700900123'])
  expect(issues).toEqual(['5 phone invalid_phone'])
})

test('columns of other names are attributes when it is wished', async () => {
  const { contacts, issues } = await read('id,Città,Tessera n°\n1,Torino,77\n2,,\n', { attributes: true })
  expect(contacts).toEqual([
    { line: 2, externalId: '1', attributes: { citta: 'Torino', tessera_n: '77' } },
    { line: 3, externalId: '2' },
  ])
  expect(issues).toEqual([])
  expect(await refusal('id,Città,Citta\n1,a,b\n', { attributes: true })).toBe('column_twice')
})

test('a spreadsheet may name its delimiter, and a file may have one column', async () => {
  expect((await read('sep=|\nid|nome\n1|a,b;c\n')).contacts[0]).toEqual({
    line: 3,
    externalId: '1',
    firstName: 'a,b;c',
  })
  expect((await read('id\n1\n2')).contacts).toHaveLength(2)
})
