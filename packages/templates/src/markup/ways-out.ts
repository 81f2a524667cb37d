import { TELEGRAM_TAGS } from './telegram-tags.ts'

/** What to write in place of a tag Telegram does not know. */
export function wayOutOfTag(name: string): string {
  const wayOut = INSTEAD.get(name)
  if (wayOut !== undefined) return `Telegram has no <${name}>: ${wayOut}.`
  return `Telegram has no <${name}>. These tags it knows: ${[...TELEGRAM_TAGS.keys()].join(', ')}.`
}

/** What to write in place of `&…;`, when Telegram would show it as it stands. */
export function wayOutOfEntity(entity: string): string {
  const character = CHARACTERS.get(entity.replaceAll(/[&;]/g, ''))
  const wayOut = character === undefined ? 'write the character itself' : `write ${character}`
  return `Telegram shows ${entity} as it stands: ${wayOut}. Only &lt; &gt; &amp; &quot; stand for a character.`
}

const NEW_LINE = 'write an empty line between paragraphs instead'
const LIST = 'begin each line with • or – instead'
const BOLD = 'write <b>…</b> instead'
const TABLE = 'write a line for each row instead'
const PLAIN = 'leave the tag out; Telegram has its own fonts and colours'
const FILE = 'add the file to the template instead'

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['br', 'write a new line instead, or an empty line'],
  ...['p', 'div', 'section', 'article', 'header', 'footer', 'main'].map((name) => [name, NEW_LINE] as const),
  ['hr', 'write a line of – or — instead'],
  ...['ul', 'ol', 'li', 'dl', 'dt', 'dd'].map((name) => [name, LIST] as const),
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'big', 'th'].map((name) => [name, BOLD] as const),
  ...['table', 'thead', 'tbody', 'tr', 'td'].map((name) => [name, TABLE] as const),
  ...['font', 'center', 'small', 'style', 'sup', 'sub', 'mark', 'html', 'body'].map(
    (name) => [name, PLAIN] as const,
  ),
  ...['img', 'video', 'audio', 'picture', 'iframe'].map((name) => [name, FILE] as const),
  ['q', 'write quotation marks, or <blockquote>…</blockquote>'],
  ['cite', 'write <i>…</i> instead'],
  ['kbd', 'write <code>…</code> instead'],
  ['tt', 'write <code>…</code> instead'],
  ['button', 'add a button to the template instead'],
  ['script', 'leave it out; a message cannot run anything'],
])

const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ['nbsp', 'a blank'],
  ['euro', '€'],
  ['pound', '£'],
  ['copy', '©'],
  ['reg', '®'],
  ['trade', '™'],
  ['hellip', '…'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['bull', '•'],
  ['middot', '·'],
  ['apos', "’ or '"],
  ['lsquo', '‘'],
  ['rsquo', '’'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['laquo', '«'],
  ['raquo', '»'],
  ['deg', '°'],
  ['times', '×'],
  ['agrave', 'à'],
  ['egrave', 'è'],
  ['eacute', 'é'],
  ['igrave', 'ì'],
  ['ograve', 'ò'],
  ['ugrave', 'ù'],
])
