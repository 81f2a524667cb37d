import { composeMessage } from '@postino/composition'
import { formatText } from '@postino/emulator'
import { checkHtml, createRenderer, type RenderedContent } from '@postino/templates'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostileData } from '../support/hostile-data.ts'
import { templateSource } from '../support/random-templates.ts'

const render = createRenderer()
const READER = { kind: 'order.status_changed', locale: 'it', timeZone: 'Europe/Rome', nowMs: 0 }

/** More than anything rendered has. */
const ANY_LENGTH = { kind: 'caption', maxLength: 100_000 } as const

function renderText(text: string, extra: Record<string, unknown>, preview?: string) {
  return render({ text, preview, buttons: [], silent: false }, { ...READER, data: { extra } })
}

/** As Telegram leaves it: trimmed, without what it takes away. */
function shownBy(html: string): string {
  const shown = formatText({ text: html, parseMode: 'HTML' }, ANY_LENGTH)
  if (shown.status === 'refused') throw new Error(`${shown.description}: ${JSON.stringify(html)}`)
  return shown.text
}

test('[U18] no template that is accepted, and no data, make markup that Telegram refuses', () => {
  let rendered = 0
  fc.assert(
    fc.property(templateSource, hostileData, (source, data) => {
      const result = renderText(source, data)
      if (result.status === 'failed') {
        // What cannot be told without the data is what is missing, and where a link leads.
        if (/does not suit Telegram/.test(result.detail)) expect(result.detail).toContain('<a>: the address')
        return
      }
      rendered += 1
      const { html } = result.content
      expect(checkHtml(html)).toMatchObject({ status: 'valid' })
      if (Buffer.byteLength(html) <= 32_768) shownBy(html)
    }),
    { numRuns: 800 },
  )
  expect(rendered).toBeGreaterThan(200)
})

test('[U18] however long a text becomes, what is left of it is a message', () => {
  const policy = {}
  fc.assert(
    fc.property(
      templateSource,
      hostileData,
      fc.nat({ max: 40 }),
      fc.boolean(),
      (source, data, times, isCaption) => {
        const result = renderText(`${source}\n`.repeat(times).slice(0, 8_000), data)
        if (result.status === 'failed') return
        const media: RenderedContent['media'] = isCaption ? [{ type: 'photo', fileId: 'AgAC' }] : []
        const message = composeMessage({ ...result.content, media }, { messageId: '1', policy })
        if (message.status === 'failed') throw new Error(message.detail)
        const { html } = message.content
        const kind = isCaption ? 'caption' : 'text'
        const shown = formatText(
          { text: html, parseMode: 'HTML' },
          { kind, maxLength: isCaption ? 1_024 : 4_096 },
        )
        expect(shown).toMatchObject({ status: 'formatted' })
        if (Buffer.byteLength(result.content.html) > 32_768) return
        const whole = shownBy(result.content.html)
        const left = shownBy(html)
        if (left !== whole) expect(whole.startsWith(left.replace(/…$/, ''))).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})
