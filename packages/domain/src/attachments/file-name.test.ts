import { expect, test } from 'vitest'
import { DEFAULT_ATTACHMENT_POLICY } from './attachment-policy.ts'
import { decideAttachment, type OfferedFile } from './decide-attachment.ts'

function shownName(file: Partial<OfferedFile>): string {
  const offered: OfferedFile = { type: 'auto', url: 'https://shop.example/documents/77', ...file }
  const decision = decideAttachment(offered, DEFAULT_ATTACHMENT_POLICY)
  return decision.status === 'attached' ? decision.file.name : decision.link.name
}

test.each<[string, Partial<OfferedFile>, string]>([
  ['is kept', { name: 'Preventivo 58.pdf' }, 'Preventivo 58.pdf'],
  [
    'gets the ending of its media type',
    { name: 'Listino v1.2', mime: 'application/pdf' },
    'Listino v1.2.pdf',
  ],
  ['gets the ending of its address', { name: 'Foto', url: 'https://shop.example/7.PNG' }, 'Foto.png'],
  ['comes from the address', { url: 'https://shop.example/a/Offerta%20%E2%82%AC.pdf?x=1' }, 'Offerta €.pdf'],
  [
    'loses the ending of a script',
    { url: 'https://shop.example/get.php', mime: 'application/pdf' },
    'get.pdf',
  ],
  ['is made up', { url: 'https://shop.example/', mime: 'application/pdf' }, 'file.pdf'],
  ['is made up where nothing is known', { url: 'https://shop.example/' }, 'file'],
  ['is made up for an address that is none', { url: 'nonsense', type: 'photo' }, 'file.jpg'],
  ['has no path', { name: '../../etc/passwd.pdf' }, '-..-etc-passwd.pdf'],
  ['has no path of Windows', { name: 'C:\\temp\\a.pdf' }, 'C:-temp-a.pdf'],
  ['is on one line', { name: 'a\r\nb\u2028\t c.pdf\n' }, 'a b c.pdf'],
  ['reads as it is', { name: 'invoice\u202efdp.exe\u2066\u200b' }, 'invoicefdp.exe'],
  ['is not hidden', { name: ' . .pdf' }, 'pdf'],
  ['keeps a percent sign', { url: 'https://shop.example/100%.pdf' }, '100%.pdf'],
  ['is cut before its ending', { name: `${'x'.repeat(1_000)}.pdf` }, `${'x'.repeat(96)}.pdf`],
  ['is cut between characters', { name: `x${'😀'.repeat(500)}a.pdf` }, `x${'😀'.repeat(47)}.pdf`],
  ['is cut without an ending', { name: 'x'.repeat(1_000) }, 'x'.repeat(100)],
])('a name %s', (_what, file, name) => {
  expect(shownName(file)).toBe(name)
})

test('a hostile name takes no longer than a plain one', () => {
  for (const part of ['.', ' ', 'a.', '\\', '.pdf', '\u0301', '\ud83d']) {
    const name = `${part.repeat(200_000)}x`
    expect(shownName({ name }).length).toBeLessThanOrEqual(100)
  }
})
