import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { MEDIA_TYPES } from '../content.ts'
import { DEFAULT_ATTACHMENT_POLICY, type AttachmentPolicy } from './attachment-policy.ts'
import { decideAttachment, type AttachmentDecision, type OfferedFile } from './decide-attachment.ts'

const MB = 1024 * 1024
const ADDRESS = 'https://shop.example/documents/77'

function decide(
  file: Partial<OfferedFile>,
  policy: AttachmentPolicy = DEFAULT_ATTACHMENT_POLICY,
): AttachmentDecision {
  return decideAttachment({ type: 'auto', url: ADDRESS, ...file }, policy)
}

/** `photo` and the like, or why it is a link. */
function outcomeOf(file: Partial<OfferedFile>, policy?: AttachmentPolicy): string {
  const decision = decide(file, policy)
  return decision.status === 'attached' ? decision.file.as : `link: ${decision.reason}`
}

test.each([
  ['a.pdf', 5, 'document'],
  ['a.zip', 5, 'document'],
  ['a.jpg', 5, 'photo'],
  ['a.jpeg', 5, 'photo'],
  ['a.png', 5, 'photo'],
  ['a.gif', 5, 'document'],
  ['a.mp4', 50, 'video'],
  ['a.mp3', 50, 'audio'],
])(
  'without a table of the shop %s goes below %i MB as a %s, and from there on as a link',
  (name, megabytes, as) => {
    expect(outcomeOf({ name, sizeBytes: 1 })).toBe(as)
    expect(outcomeOf({ name, sizeBytes: megabytes * MB - 1 })).toBe(as)
    expect(outcomeOf({ name, sizeBytes: megabytes * MB })).toBe('link: size')
    expect(outcomeOf({ name, sizeBytes: Number.MAX_SAFE_INTEGER })).toBe('link: size')
  },
)

test.each(['a.exe', 'a.docx', 'a.webp', 'a.svg', 'a', 'a.mp', 'v1.2', 'invoice\u202efdp.exe', 'a.pdf.exe'])(
  '%s is a link without a table of the shop',
  (name) => {
    expect(outcomeOf({ name, sizeBytes: 10 })).toBe('link: type')
  },
)

test('a file that says nothing of its size is attached', () => {
  expect(decide({ name: 'a.pdf' })).toEqual({
    status: 'attached',
    file: { as: 'document', url: ADDRESS, name: 'a.pdf' },
  })
})

test('an empty file is a link, as Telegram takes none', () => {
  expect(outcomeOf({ name: 'a.pdf', sizeBytes: 0 })).toBe('link: size')
})

test('a shop’s own table counts alone', () => {
  const policy = { dwg: 100, pdf: 0, jpg: 50 * MB }
  expect(outcomeOf({ name: 'a.dwg', sizeBytes: 99 }, policy)).toBe('document')
  expect(outcomeOf({ name: 'a.dwg', sizeBytes: 100 }, policy)).toBe('link: size')
  expect(outcomeOf({ name: 'a.pdf' }, policy)).toBe('link: type')
  expect(outcomeOf({ name: 'a.png', sizeBytes: 1 }, policy)).toBe('link: type')
  expect(outcomeOf({ name: 'a.jpg' }, {})).toBe('link: type')
})

test('a table counts endings as they are written, but a media type stands for all of its own', () => {
  expect(outcomeOf({ name: 'a.jpeg', mime: 'image/jpeg' }, { jpg: 9 })).toBe('link: type')
  expect(outcomeOf({ mime: 'image/jpeg' }, { jpeg: 9 })).toBe('photo')
})

test('a picture too large for a photo of Telegram goes as a document', () => {
  const policy = { jpg: 50 * MB }
  expect(outcomeOf({ name: 'a.jpg', sizeBytes: 10 * MB }, policy)).toBe('photo')
  expect(outcomeOf({ name: 'a.jpg', sizeBytes: 10 * MB + 1 }, policy)).toBe('document')
  expect(outcomeOf({ name: 'a.jpg', sizeBytes: 50 * MB - 1 }, policy)).toBe('document')
  expect(outcomeOf({ name: 'a.jpg', sizeBytes: 50 * MB }, policy)).toBe('link: size')
})

test('no table lets a file through that Telegram cannot take', () => {
  const name = 'a.mp4'
  expect(outcomeOf({ name, sizeBytes: 50 * MB }, { mp4: Infinity })).toBe('link: size')
})

test.each<[string, Partial<OfferedFile>, string]>([
  ['the name', { name: 'A.PDF' }, 'document'],
  ['the media type', { mime: 'Application/PDF; charset=binary' }, 'document'],
  ['the media type of a nameless ending', { name: 'Disegno n. 5', mime: 'image/jpeg' }, 'photo'],
  ['the address', { url: 'https://shop.example/A.PNG?size=1#page.exe' }, 'photo'],
  ['the address, percent signs decoded', { url: 'https://shop.example/a%2Epdf' }, 'document'],
  [
    'the name, not the address',
    { name: 'a.pdf', url: 'https://shop.example/get.php?file=a.exe' },
    'document',
  ],
  ['the media type, not the address', { mime: 'video/mp4', url: 'https://shop.example/get.php' }, 'video'],
  [
    'the name beside a media type that says nothing',
    { name: 'a.pdf', mime: 'application/octet-stream' },
    'document',
  ],
  ['the name beside a media type nobody knows', { name: 'a.pdf', mime: 'x' }, 'document'],
  ['the name, not the query of the address', { url: 'https://shop.example/get?file=a.pdf' }, 'link: type'],
  ['another ending of the same type', { name: 'a.jpeg', mime: 'image/jpeg' }, 'photo'],
])('%s tells what a file is', (_what, file, outcome) => {
  expect(outcomeOf(file)).toBe(outcome)
})

test('where name and media type disagree both must be allowed, and nothing is shown as either', () => {
  expect(outcomeOf({ name: 'a.jpg', mime: 'application/pdf' })).toBe('document')
  expect(outcomeOf({ name: 'a.mp4', mime: 'image/jpeg', sizeBytes: 6 * MB })).toBe('link: size')
  expect(outcomeOf({ name: 'a.pdf', mime: 'application/x-msdownload' })).toBe('link: type')
  expect(outcomeOf({ name: 'a.exe', mime: 'application/pdf' })).toBe('link: type')
  expect(outcomeOf({ name: 'a.jpg', mime: 'image/png' })).toBe('photo')
})

test('what a template wants a file shown as tells what it is where nothing else does', () => {
  expect(MEDIA_TYPES.map((type) => outcomeOf({ type }))).toEqual(['photo', 'video', 'audio', 'link: type'])
  expect(MEDIA_TYPES.map((type) => outcomeOf({ type, name: 'a.pdf' }))).toEqual(
    MEDIA_TYPES.map(() => 'document'),
  )
  expect(outcomeOf({ type: 'document', name: 'a.jpg' })).toBe('document')
  expect(outcomeOf({ type: 'audio', name: 'a.exe' })).toBe('link: type')
})

const ending = fc.constantFrom('pdf', 'PDF', 'jpg', 'JPEG', 'gif', 'mp4', 'mp3', 'exe', 'docx', '7z', '', '5')
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.tuple(fc.string({ unit: 'grapheme', maxLength: 1_200 }), ending).map(([stem, end]) => `${stem}.${end}`),
  fc.string({ unit: fc.constantFrom('.', '/', '\\', ' ', '\u202e', '\0', '\n', 'a', '.pdf'), maxLength: 12 }),
)
const mime = fc.oneof(
  anyText,
  fc.constantFrom('application/pdf', 'image/jpeg', 'image/GIF', 'video/mp4;x=1', 'text/plain', '/', 'a/b/c'),
)
const sizeBytes = fc.oneof(
  fc.nat(),
  fc.constantFrom(0, 5 * MB - 1, 5 * MB, 50 * MB - 1, 50 * MB, 2 ** 53 - 1),
)
const file: fc.Arbitrary<OfferedFile> = fc.record(
  {
    type: fc.constantFrom('auto', ...MEDIA_TYPES),
    url: fc.oneof(
      anyText,
      anyText.map((path) => `https://shop.example/${path}`),
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
    ),
    name: anyText,
    mime,
    sizeBytes,
  },
  { requiredKeys: ['type', 'url'] },
)
const policy = fc.dictionary(fc.constantFrom('pdf', 'jpg', 'gif', 'exe', 'docx', '7z'), sizeBytes)

test('whatever a file says of itself, its name is what it looks like and its size is below every limit', () => {
  fc.assert(
    fc.property(file, policy, (offered, table) => {
      const decision = decideAttachment(offered, table)
      const { name, url } = decision.status === 'attached' ? decision.file : decision.link
      expect(url).toBe(offered.url)
      expect(name).toMatch(/^[^\s.\\/\p{Cc}\p{Cf}\p{Cs}](?:[^\\/\p{Cc}\p{Cf}\p{Cs}]*[^\s.])?$/u)
      expect(name.length).toBeLessThanOrEqual(100)
      expect(name.isWellFormed()).toBe(true)
      if (decision.status === 'link') return
      // The endings of one type share the shop's row.
      const shownEnding = name
        .toLowerCase()
        .split('.')
        .at(-1)
        ?.replace(/^(?:jpeg|jpe|jfif)$/, 'jpg')
      const rows = Object.entries(table).filter(([end]) => end === shownEnding)
      expect(rows).toHaveLength(1)
      expect(decision.file.sizeBytes ?? 0).toBeLessThan(Math.min(50 * MB, ...rows.map(([, limit]) => limit)))
      expect(decision.file.sizeBytes).not.toBe(0)
    }),
    { numRuns: 2_000 },
  )
})

test('what is attached stays so when it is smaller, in larger letters and from another query', () => {
  fc.assert(
    fc.property(file, policy, (offered, table) => {
      const decision = decideAttachment(offered, table)
      fc.pre(decision.status === 'attached' && URL.canParse(offered.url))
      const url = new URL(offered.url)
      url.search = '?file=a.exe'
      const half = offered.sizeBytes && Math.ceil(offered.sizeBytes / 2)
      const changed = { ...offered, url: url.href, sizeBytes: half, name: offered.name?.toUpperCase() }
      expect(decideAttachment(changed, table).status).toBe('attached')
    }),
    { numRuns: 300 },
  )
})
