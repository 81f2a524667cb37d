import type { Message } from './shapes.ts'

/** Up to two letters that stand for a name. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) =>
    firstLetter(word ?? ''),
  )
  return letters.join('').toUpperCase()
}

function firstLetter(word: string): string {
  return /[\p{L}\p{N}]/u.exec(word)?.[0] ?? ''
}

export function clockTime(dateMs: number): string {
  return new Date(dateMs).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

const DAY_MS = 86_400_000

/** Of a message in a list: the time today, the weekday this week, else the date. */
export function shortDate(dateMs: number, nowMs: number): string {
  const days = dayNumber(nowMs) - dayNumber(dateMs)
  if (days === 0) return clockTime(dateMs)
  if (days > 0 && days < 7) return new Date(dateMs).toLocaleDateString([], { weekday: 'short' })
  return new Date(dateMs).toLocaleDateString([], { day: 'numeric', month: 'short' })
}

export function dayLabel(dateMs: number, nowMs: number): string {
  const days = dayNumber(nowMs) - dayNumber(dateMs)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return new Date(dateMs).toLocaleDateString([], { day: 'numeric', month: 'long', year: 'numeric' })
}

function dayNumber(dateMs: number): number {
  const date = new Date(dateMs)
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS)
}

const SIZE_UNITS = ['B', 'KB', 'MB', 'GB']

export function sizeLabel(bytes: number): string {
  let size = bytes
  let unit = 0
  while (size >= 1024 && unit < SIZE_UNITS.length - 1) {
    size /= 1024
    unit++
  }
  return `${unit === 0 || size >= 10 ? Math.round(size) : size.toFixed(1)} ${SIZE_UNITS[unit]}`
}

export function durationLabel(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}

const MEDIA_NAMES = { photo: 'Photo', document: 'File', video: 'Video', audio: 'Audio', animation: 'GIF' }

/** One line that says what a message is. */
export function previewOf(message: Message): string {
  if (message.service !== undefined) return message.service.text
  if (message.contact !== undefined) return 'Contact'
  const text = oneLine(message.text ?? message.caption ?? '')
  if (message.media === undefined) return text
  const { kind, file_name: fileName } = message.media
  const name = kind === 'document' && fileName !== undefined ? fileName : MEDIA_NAMES[kind]
  return text === '' ? name : `${name} · ${text}`
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** A `date_time` entity in words: the letters of its format choose weekday, date and time, short or long. */
export function formatDateTime(unixSeconds: number, format: string, locale: string): string {
  const dateMs = unixSeconds * 1000
  if (format === 'r') return relativeTime(dateMs, Date.now(), locale)
  const has = (letter: string): boolean => format.includes(letter)
  const options: Intl.DateTimeFormatOptions = {
    ...(has('w') ? { weekday: 'long' } : {}),
    ...(has('D') ? { day: 'numeric', month: 'long', year: 'numeric' } : {}),
    ...(has('d') ? { day: '2-digit', month: '2-digit', year: '2-digit' } : {}),
    ...(has('T') ? { hour: '2-digit', minute: '2-digit', second: '2-digit' } : {}),
    ...(has('t') ? { hour: '2-digit', minute: '2-digit' } : {}),
  }
  return new Intl.DateTimeFormat(knownLocale(locale), options).format(dateMs)
}

const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
]

function relativeTime(dateMs: number, nowMs: number, locale: string): string {
  const seconds = Math.round((dateMs - nowMs) / 1000)
  const [unit, size] = STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1]
  return new Intl.RelativeTimeFormat(knownLocale(locale)).format(Math.trunc(seconds / size), unit)
}

function knownLocale(locale: string): string[] {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([locale])
  } catch {
    return []
  }
}
