import { DEFAULT_ATTACHMENT_POLICY, type FileToPlace, type MessageContent } from '@postino/domain'
import { visibleLength } from '@postino/telegram'
import type { RenderedContent } from '@postino/templates'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { composeMessage } from './compose-message.ts'

const SITE = 'https://shop.example/'
const LINK = { text: 'Apri & leggi', url: `${SITE}?a=1&b=2` }
const ACTION = { text: 'Ritiro', action: 'confirm_pickup' }

function file(name: string, sizeBytes?: number): FileToPlace {
  return { type: 'auto', url: SITE + name, name, sizeBytes }
}

function compose(change: Partial<RenderedContent>, policy = DEFAULT_ATTACHMENT_POLICY) {
  const rendered = { html: '<b>Ciao</b>', buttons: [], media: [], silent: false, protect: false, ...change }
  return composeMessage(rendered, { messageId: '77', policy })
}

function composed(change: Partial<RenderedContent>) {
  const message = compose(change)
  if (message.status === 'failed') throw new Error(message.detail)
  return message
}

function contentOf(change: Partial<RenderedContent>): MessageContent & { cost: number } {
  const { content, cost } = composed(change)
  return { ...content, cost }
}

test('a text stays as it is, letter by letter', () => {
  const html = '<b>Ciao</b> &quot;x&quot;\n'
  expect(contentOf({ html, silent: true, protect: true, buttons: [[LINK]] })).toEqual({
    html,
    buttons: [[LINK]],
    silent: true,
    protect: true,
    cost: 1,
  })
})

test('a button that acts reports its message and its action', () => {
  expect(contentOf({ buttons: [[ACTION, LINK]] }).buttons).toEqual([
    [{ text: 'Ritiro', callbackData: 'a:77:confirm_pickup' }, LINK],
  ])
})

test('one file goes with its text and its buttons', () => {
  expect(contentOf({ media: [file('a.pdf', 5)], buttons: [[LINK, ACTION]] })).toEqual({
    html: '<b>Ciao</b>',
    buttons: [[LINK, { text: 'Ritiro', callbackData: 'a:77:confirm_pickup' }]],
    media: [{ as: 'document', url: `${SITE}a.pdf`, name: 'a.pdf', sizeBytes: 5 }],
    silent: false,
    cost: 1,
  })
})

test('several files are an album: it costs their number, and what leads somewhere is a link in its text', () => {
  const media = [file('a.jpg'), file('b.exe'), file('c.mp4'), file('d.pdf')]
  expect(contentOf({ media, buttons: [[LINK], [{ ...LINK, text: 'Due' }]] })).toMatchObject({
    html: [
      '<b>Ciao</b>\n',
      `<a href="${SITE}b.exe">b.exe</a>`,
      `<a href="${SITE}d.pdf">d.pdf</a>`,
      `<a href="${SITE}?a=1&amp;b=2">Apri &amp; leggi</a>`,
      `<a href="${SITE}?a=1&amp;b=2">Due</a>`,
    ].join('\n'),
    buttons: [],
    media: [{ as: 'photo' }, { as: 'video' }],
    cost: 2,
  })
})

test('files the shop does not attach are links below the text, and the buttons stay', () => {
  const content = contentOf({ media: [file('a.exe'), file('b.pdf', 2 ** 30)], buttons: [[LINK]] })
  expect(content).toEqual({
    html: `<b>Ciao</b>\n\n<a href="${SITE}a.exe">a.exe</a>\n<a href="${SITE}b.pdf">b.pdf</a>`,
    buttons: [[LINK]],
    silent: false,
    cost: 1,
  })
})

test('a text that does not fit under a file goes as a text, with every file as a link', () => {
  const whole = { html: `<i>${'x'.repeat(1_024)}</i>`, media: [file('a.jpg'), file('b.jpg')] }
  expect(contentOf(whole)).toMatchObject({ html: whole.html, cost: 2 })
  const content = contentOf({ ...whole, html: `${whole.html}y`, buttons: [[LINK]] })
  expect(content).toEqual({
    html: `${whole.html}y\n\n<a href="${SITE}a.jpg">a.jpg</a>\n<a href="${SITE}b.jpg">b.jpg</a>`,
    buttons: [[LINK]],
    silent: false,
    cost: 1,
  })
})

test('links count too where a text stands under a file', () => {
  const html = 'x'.repeat(1_020)
  expect(contentOf({ html, media: [file('a.jpg')] }).media).toHaveLength(1)
  expect(contentOf({ html, media: [file('a.jpg'), file('b.exe')] }).media).toBeUndefined()
})

test('a file known by its id goes as it is, and a text too long for it fails with its length', () => {
  const media: FileToPlace[] = [{ type: 'photo', fileId: 'AgAC' }]
  expect(contentOf({ media })).toMatchObject({ media: [{ as: 'photo', fileId: 'AgAC' }], cost: 1 })
  expect(compose({ media, html: 'x'.repeat(1_025) })).toEqual({
    status: 'failed',
    reason: 'too_long',
    detail: 'the text with its links has 1025 characters; 1024 are allowed under a file without an address',
  })
})

test('a file that can neither stand in an album nor be a link fails the message', () => {
  expect(compose({ media: [file('a.jpg'), { type: 'audio', fileId: 'CQAC' }] })).toMatchObject({
    status: 'failed',
    reason: 'template_failed',
    detail: expect.stringContaining('File 2'),
  })
})

test('each file that is a link has its cause', () => {
  const media = [file('a.jpg'), file('b.exe'), file('c.jpg', 2 ** 30), file('d.pdf')]
  expect(composed({ media }).linkCauses).toEqual(['type', 'size', 'album'])
  expect(composed({ media, html: 'x'.repeat(1_025) }).linkCauses).toEqual(['text', 'text', 'text', 'text'])
  expect(composed({ media: [] }).linkCauses).toEqual([])
})

test('whatever is rendered, Telegram can show it and no file is lost', () => {
  const name = fc.constantFrom('a.jpg', 'b.mp4', 'c.pdf', 'd.mp3', 'e.exe', 'f.gif')
  const files = fc.array(
    name.map((one) => file(one)),
    { maxLength: 10 },
  )
  const buttons = fc.array(fc.array(fc.constant(LINK), { minLength: 1, maxLength: 8 }), { maxLength: 12 })
  const html = fc.nat({ max: 4_096 }).map((length) => `<b>${'x'.repeat(length)}</b>`)
  fc.assert(
    fc.property(html, files, buttons, (text, media, rows) => {
      const content = contentOf({ html: text, media, buttons: rows })
      const shown = content.media ?? []
      expect(shown.length).toBeLessThanOrEqual(10)
      expect(content.cost).toBe(Math.max(1, shown.length))
      expect(visibleLength(content.html)).toBeLessThanOrEqual(shown.length > 0 ? 1_024 : 4_096)
      expect(shown.length > 1 && content.buttons.length > 0).toBe(false)
      const links = content.html.split('<a href="').length - 1
      const places = shown.length + links + content.buttons.flat().length
      expect(places).toBe(media.length + rows.flat().length)
    }),
    { numRuns: 300 },
  )
})
