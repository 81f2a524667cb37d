/**
 * Makes a value of an event harmless to look at: no control characters but the newline, no half surrogates, nothing
 * that turns the reading direction, hides between letters or piles up above them. What emoji and scripts such as Persian or Hindi need
 * (joiners, variation selectors, the tags of a flag) stays, where it has something to join.
 */
export function cleanText(text: string): string {
  if (!SUSPICIOUS.test(text)) return text
  return text
    .toWellFormed()
    .replace(LINE_BREAK, '\n')
    .replaceAll('\t', ' ')
    .replace(INVISIBLE, (_match, kept: string | undefined) => kept ?? '')
    .replace(TOWER_OF_MARKS, '$1')
}

/** Escapes text for Telegram's HTML, between tags and inside double quotes. */
export function escapeHtml(text: string): string {
  if (!SPECIAL.test(text)) return text
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/** False for a text of blanks and characters without a shape, which Telegram takes for empty. */
export function hasVisibleText(text: string): boolean {
  return VISIBLE.test(text)
}

/** U+2800 is the empty pattern of Braille, drawn as nothing. */
const VISIBLE = /[^\s\u2800\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u

const SPECIAL = /[&<>"]/

const SUSPICIOUS = /[[\p{Cc}--\n]\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|\p{M}{9}/v

/** Accents piled up until they cover the lines around. No language puts more than a few on one letter. */
const TOWER_OF_MARKS = /(\p{M}{8})\p{M}+/gu

const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g

/** A flag of a part of a country: a black flag, its tags, and the end of the tags. */
const FLAG = String.raw`\u{1F3F4}[\u{E0020}-\u{E007E}]{2,6}\u{E007F}`
const VARIATION = String.raw`(?<=\p{Emoji})[\uFE0E\uFE0F]`
/** Latin, Greek and Cyrillic letters never join, so between them a joiner is only there to deceive. */
const NEVER_JOINING = String.raw`[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Default_Ignorable_Code_Point}]`
const JOINING = String.raw`[[\p{L}\p{M}]--${NEVER_JOINING}]`
const JOINER_IN_WORD = String.raw`(?<=${JOINING})[\u200C\u200D](?=${JOINING})`
const JOINER_IN_EMOJI = String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\p{Emoji}\uFE0F)\u200D(?=\p{Extended_Pictographic})`

const INVISIBLE = new RegExp(
  String.raw`(${[FLAG, VARIATION, JOINER_IN_WORD, JOINER_IN_EMOJI].join('|')})` +
    String.raw`|[[\p{Cc}--\n]\p{Cf}\p{Default_Ignorable_Code_Point}]`,
  'gv',
)
