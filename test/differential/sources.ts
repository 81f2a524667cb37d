import { composeMessage } from '@postino/composition'
import { EXAMPLE_SHOP, exampleEvent, isEventKind } from '@postino/domain'
import { hideText } from '@postino/telegram'
import { createRenderer, starterTemplates } from '@postino/templates'
import * as fc from 'fast-check'
import { hostileData, hostileText } from '../support/hostile-data.ts'
import { templateSource } from '../support/random-templates.ts'
import { PIECES } from './pieces.ts'

const render = createRenderer()
const READER = { locale: 'it-IT', timeZone: 'Europe/Rome', nowMs: Date.parse('2026-11-20T15:05:00Z') }

/** What becomes of accepted templates, hostile data and previews: as rendered, and as it is sent. */
export const renderedHtml: fc.Arbitrary<string[]> = fc
  .tuple(templateSource, hostileData, fc.option(hostileText, { nil: undefined }))
  .map(([text, extra, line]) => {
    const content = {
      text,
      buttons: [],
      silent: false,
      ...(line !== undefined && { preview: '{{ extra.line }}' }),
    }
    return sent(content, { kind: 'order.status_changed', data: { extra: { ...extra, line: line ?? '' } } })
  })

/** Every starter text, with the domain's example and with hostile words in place of each of its texts. */
export function* starterHtml(): Generator<string> {
  const hostile = fc.sample(hostileText, { numRuns: 20, seed: 1 })
  for (const { content, kind, state, locale } of starterTemplates) {
    if (!isEventKind(kind)) continue
    const { data } = exampleEvent({ kind, state, nowMs: READER.nowMs })
    const people = { contact: { name: { first: 'Giulia', last: 'Rossi' }, locale }, shop: EXAMPLE_SHOP }
    for (const words of [undefined, ...hostile]) {
      const told = words === undefined ? { ...data, ...people } : withWords({ ...data, ...people }, words)
      yield* sent({ ...content }, { kind, data: told, locale })
    }
  }
}

type Content = Parameters<typeof render>[0]

function sent(
  content: Content,
  context: { kind: string; data: Record<string, unknown>; locale?: string },
): string[] {
  const result = render(content, { ...READER, ...context })
  if (result.status === 'failed') return []
  const media = [{ type: 'photo' as const, fileId: 'AgAC' }]
  const forms = [result.content, { ...result.content, media, buttons: [] }]
  const composed = forms.map((form) => composeMessage(form, { messageId: '1', policy: {} }))
  return [
    result.content.html,
    ...composed.flatMap((message) => (message.status === 'composed' ? [message.content.html] : [])),
  ]
}

/** Every text that is not a number, a date, an address or a code becomes hostile. */
function withWords(value: Record<string, unknown>, words: string): Record<string, unknown> {
  return JSON.parse(JSON.stringify(value), (_key, one: unknown) =>
    typeof one === 'string' && /[a-z] |^[A-Z][a-z]+$/.test(one) ? words : one,
  )
}

export const FIRST_LINE = 'News for you'

/** Without signs of Markdown, which Telegram's library would read on the way to what it keeps. */
export const hiddenHtml: fc.Arbitrary<string> = anyMarkup()
  .map((html) => html.replaceAll(/[*_`~|[\]]/g, '-'))
  .chain((html) =>
    fc
      .integer({ min: 1, max: 60 })
      .map((times) => hideText(FIRST_LINE, html.repeat(times), { maxChars: 4_096 })),
  )

/** Markup with and without sense; some of it closed where it was opened. */
export function anyMarkup(): fc.Arbitrary<string> {
  return fc
    .array(
      fc.oneof(
        { arbitrary: fc.constantFrom(...PIECES), weight: 9 },
        fc.string({ unit: 'binary', maxLength: 2 }),
      ),
      { maxLength: 9 },
    )
    .chain((pieces) =>
      fc.boolean().map((isClosed) => (isClosed ? pieces.concat(endsOf(pieces)) : pieces).join('')),
    )
    .filter((html) => html.isWellFormed())
}

function endsOf(pieces: string[]): string[] {
  const names = pieces.flatMap((piece) => /^<([a-z-]+)/i.exec(piece)?.[1] ?? [])
  return names.toReversed().map((name) => `</${name}>`)
}
