import { parseHtml } from '@postino/telegram'

/** What stands before and behind a part of a text in a terminal; unlike in Telegram, a link shows where it leads. */
const SIGNS: Record<string, string> = {
  b: '*',
  strong: '*',
  i: '_',
  em: '_',
  u: '__',
  ins: '__',
  s: '~',
  strike: '~',
  del: '~',
  code: '`',
  pre: '```',
  'tg-spoiler': '||',
  span: '||',
}

/** Telegram's HTML as a terminal can show it: marks around what is bold and so on, and no character that acts there. */
export function plainMarks(html: string): string {
  const { text, marks } = parseHtml(html)
  const parts: string[] = []
  const open: string[] = []
  let from = 0
  for (const { offset, startTag, name } of marks) {
    parts.push(text.slice(from, offset))
    from = offset
    if (startTag !== undefined) {
      open.push(endOf(name, startTag))
      parts.push(startOf(name))
    } else parts.push(open.pop() ?? '')
  }
  parts.push(text.slice(from))
  return harmless(parts.join(''))
}

function startOf(name: string): string {
  return name === 'blockquote' ? '“' : (SIGNS[name] ?? '')
}

function endOf(name: string, startTag: string): string {
  if (name === 'blockquote') return '”'
  if (name !== 'a') return SIGNS[name] ?? ''
  const address = /href\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(startTag)
  const target = address?.[1] ?? address?.[2]
  return target === undefined ? '' : ` (${parseHtml(target).text})`
}

/** Events bring texts of strangers: some control characters move the cursor, or worse. */
export function harmless(text: string): string {
  return text.replaceAll(/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}
