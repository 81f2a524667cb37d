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

test('a file known by its id goes as it is, and a text too long to stand under it is cut, as it can be no link', () => {
  const media: FileToPlace[] = [{ type: 'photo', fileId: 'AgAC' }]
  expect(contentOf({ media })).toMatchObject({ media: [{ as: 'photo', fileId: 'AgAC' }], cost: 1 })
  const { html } = contentOf({ media, html: `<b>${'x '.repeat(600)}</b>` })
  expect(html).toBe(`<b>${'x '.repeat(511)}x…</b>`)
})

test('a text longer than Telegram takes is cut between words, with its markup closed', () => {
  const { html } = contentOf({ html: `<b>${'word '.repeat(1_000)}</b>` })
  expect(html).toMatch(/^<b>(?:word )+word…<\/b>$/)
  expect(visibleLength(html)).toBe(4_095)
  const markup = contentOf({ html: '<tg-spoiler>a&quot;</tg-spoiler>'.repeat(1_500) }).html
  expect(visibleLength(markup)).toBeLessThanOrEqual(4_096)
  expect(Buffer.byteLength(markup)).toBeLessThanOrEqual(32_768)
})

test('of a text that is cut the links below it are kept', () => {
  const { html } = contentOf({ html: 'word '.repeat(1_000), media: [file('a.exe')] })
  expect(html).toMatch(/word…\n\n<a href="https:\/\/shop.example\/a.exe">a.exe<\/a>$/)
  expect(visibleLength(html)).toBeLessThanOrEqual(4_096)
})

test('with a preview all but its line is hidden, files that are links included', () => {
  const hidden = { preview: 'Un <documento>', html: 'Ciao <b>Anna</b>: <code>7</code>' }
  expect(contentOf(hidden).html).toBe('Un &lt;documento&gt;\n\n<tg-spoiler>Ciao <b>Anna</b>: 7</tg-spoiler>')
  expect(contentOf({ ...hidden, media: [file('a.exe')] }).html).toBe(
    `Un &lt;documento&gt;\n\n<tg-spoiler>Ciao <b>Anna</b>: 7\n\n<a href="${SITE}a.exe">a.exe</a></tg-spoiler>`,
  )
  expect(contentOf({ ...hidden, preview: '' }).html).toMatch(/^<tg-spoiler>Ciao/)
})

test('with a preview the files are covered, too', () => {
  const media = [file('a.jpg', 1000)]
  expect(contentOf({ media, preview: 'News' })).toMatchObject({ hideMedia: true })
  expect(contentOf({ media })).not.toHaveProperty('hideMedia')
  expect(contentOf({ preview: 'News' })).not.toHaveProperty('hideMedia')
})

test('the line of a preview counts where a text stands under a file', () => {
  const html = 'x'.repeat(1_000)
  expect(contentOf({ html, preview: 'y'.repeat(22), media: [file('a.jpg')] }).media).toHaveLength(1)
  expect(contentOf({ html, preview: 'y'.repeat(23), media: [file('a.jpg')] }).media).toBeUndefined()
})

test('a button that copies goes as it is under one file', () => {
  const copy = { text: 'Copia', copy: 'RX-1' }
  expect(contentOf({ media: [file('a.jpg')], buttons: [[copy]] }).buttons).toEqual([[copy]])
})

test('a button that copies or acts under an album, which no template has, is our mistake', () => {
  const media = [file('a.jpg'), file('b.jpg')]
  expect(() => compose({ media, buttons: [[{ text: 'Copia', copy: 'RX-1' }]] })).toThrow('contentProblem')
  expect(() => compose({ media, buttons: [[ACTION]] })).toThrow('contentProblem')
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
  const html = fc.nat({ max: 6_000 }).map((length) => `<b>${'x'.repeat(length)}</b>`)
  const preview = fc.option(fc.string({ maxLength: 300 }), { nil: undefined })
  fc.assert(
    fc.property(html, files, buttons, preview, (text, media, rows, firstLine) => {
      const content = contentOf({ html: text, media, buttons: rows, preview: firstLine })
      const shown = content.media ?? []
      expect(shown.length).toBeLessThanOrEqual(10)
      expect(content.cost).toBe(Math.max(1, shown.length))
      expect(visibleLength(content.html)).toBeLessThanOrEqual(shown.length > 0 ? 1_024 : 4_096)
      expect(shown.length > 1 && content.buttons.length > 0).toBe(false)
      const links = content.html.split('<a href="').length - 1
      const places = shown.length + links + content.buttons.flat().length
      // Of a hidden text Telegram keeps no more links, or it would be hidden no longer.
      const most = firstLine === undefined ? Infinity : 23
      expect(places).toBeGreaterThanOrEqual(Math.min(most, media.length + rows.flat().length))
      expect(places).toBeLessThanOrEqual(media.length + rows.flat().length)
    }),
    { numRuns: 300 },
  )
})
