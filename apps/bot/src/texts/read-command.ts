import { LANGUAGES } from './find-texts.ts'
import { COMMAND_NAMES, type CommandName, type Texts } from './texts.ts'

export interface Command {
  name: CommandName
  /** Behind a slash command as it was typed, behind a word without what surrounds it. */
  argument: string
  /** With a slash: so links open the bot. */
  hasSlash: boolean
}

// Longer than any word and keyword: what follows is a sentence.
const MAX_WORDS_CHARS = 100
const TAKES_ARGUMENT: ReadonlySet<CommandName> = new Set(['start', 'stop'])

/** Of the words only these go with a slash: `/cancel` ends a dialogue in other bots, and must not end everything here. */
const SLASH: ReadonlyMap<string, CommandName> = new Map([
  ...COMMAND_NAMES.map((name) => [name, name] as const),
  ['end', 'stop'],
])
const ALL: Texts[] = Object.values(LANGUAGES)
const WORDS: ReadonlyMap<string, CommandName> = new Map(ALL.flatMap(wordsOf))
const EVERYTHING: ReadonlySet<string> = new Set(ALL.flatMap(({ everything }) => everything))

/**
 * What a message asks for, in whichever language: a command with or without its slash, in any case, with punctuation around
 * it. Undefined for everything else: "stop by tomorrow" is a sentence.
 */
export function readCommand(text: string, botName: string): Command | undefined {
  return text.startsWith('/') ? readSlash(text, botName) : readWords(text)
}

/** Whether somebody who wrote this behind STOP wants to leave altogether. */
export function meansEverything(argument: string): boolean {
  return EVERYTHING.has(normalise(argument))
}

function readSlash(text: string, botName: string): Command | undefined {
  const [, word = '', addressee, argument = ''] = /^\/([^\s@]+)(?:@(\S+))?(?:\s+([^]*))?$/.exec(text) ?? []
  // In a private chat, too, a command for another bot is not ours.
  if (addressee !== undefined && addressee.toLowerCase() !== botName.toLowerCase()) return undefined
  const name = SLASH.get(normalise(withoutSurroundings(word)))
  return name && { name, argument: argument.trim(), hasSlash: true }
}

function readWords(text: string): Command | undefined {
  if (text.length > MAX_WORDS_CHARS) return undefined
  const [word = '', argument = '', ...more] = text
    .normalize('NFKC')
    .split(/\s+/)
    .map(withoutSurroundings)
    .filter((part) => part !== '')
  const name = WORDS.get(normalise(word))
  if (name === undefined || more.length > 0) return undefined
  if (argument !== '' && !TAKES_ARGUMENT.has(name)) return undefined
  return { name, argument, hasSlash: false }
}

/** Quotes, full stops, smileys; and characters that nobody sees, wherever they are. A keyword may end in a hyphen. */
function withoutSurroundings(part: string): string {
  return part
    .replaceAll(/\p{Cf}|\p{Variation_Selector}/gu, '')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/[^\p{L}\p{M}\p{N}_-][^\p{L}\p{M}\p{N}]*$/u, '')
}

function normalise(word: string): string {
  return word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[_-]+$/, '')
}

function wordsOf({ words }: Texts): [string, CommandName][] {
  return COMMAND_NAMES.flatMap((name) => words[name].map((word): [string, CommandName] => [word, name]))
}
