/**
 * Makes a value of an event harmless to look at: no control characters but the newline, no half surrogates, nothing
 * that turns the reading direction, hides between letters or piles up above them; a value of which nothing could be seen is empty.
 * What emoji and scripts such as Persian, Hindi or Japanese need (joiners, variation selectors, the tags of a flag) stays, where it
 * has something to join. Letters that look like others of another script stay, too: they are other people's names.
 */
export function cleanText(text: string): string {
  // Most values are of letters, digits and punctuation: one look is enough.
  if (HARMLESS.test(text) || !SUSPICIOUS.test(text)) return text
  const clean = text
    .toWellFormed()
    .replace(LINE_BREAK, '\n')
    .replaceAll('\t', ' ')
    .replace(MARKS_OF_NOTHING, '')
    .replace(INVISIBLE, (_match, kept: string | undefined) => kept ?? '')
    // Before marks are put in order, which takes time that grows with the square of their number, and after some have become two.
    .replace(TOWER_OF_MARKS, '$1')
    // Telegram takes the ring of a letter away when it stands apart from it.
    .normalize('NFC')
    .replace(TOWER_OF_MARKS, '$1')
  return hasVisibleText(clean) ? clean : clean.replaceAll(/\S/gu, '')
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

/**
 * U+2800 is the empty pattern of Braille and U+1D159 a note without a head, drawn as nothing; Telegram shows no U+FFFC and takes the
 * marks away.
 */
const SHAPELESS = String.raw`\u2800\u{1D159}\uFFFC\u030A\u0333\u033F`

const VISIBLE = new RegExp(String.raw`[^\s${SHAPELESS}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]`, 'u')

const SPECIAL = /[&<>"]/

/** Letters of Europe, China and Japan, digits, punctuation and signs of money: nothing of SUSPICIOUS. */
const HARMLESS =
  /^[\n -~\u00A0-\u00AC\u00AE-\u02FF\u0370-\u0482\u048A-\u052F\u2010-\u2027\u2030-\u205E\u20A0-\u20C0\u3001-\u3029\u3041-\u3096\u30A1-\u30FF\u4E00-\u9FFF]*$/

const SUSPICIOUS = new RegExp(
  String.raw`[[\p{Cc}--\n]\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}${SHAPELESS}]|^\p{M}|\p{M}{9}`,
  'v',
)

/** At the beginning they would stand on a letter of the template. */
const MARKS_OF_NOTHING = /^[\p{M}[\p{Cc}--\n]\p{Cf}\p{Default_Ignorable_Code_Point}\uFFFC]+/v

/** Accents piled up until they cover the lines around. No language puts more than a few on one letter. */
const TOWER_OF_MARKS = /((?:\p{M}[\u200C\u200D]?){8})\p{M}[\p{M}\u200C\u200D]*/gu

const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g

/** A flag of a part of a country: a black flag, its tags, and the end of the tags. */
const FLAG = String.raw`\u{1F3F4}[\u{E0020}-\u{E007E}]{2,6}\u{E007F}`
const VARIATION = String.raw`(?<=\p{Emoji})[\uFE0E\uFE0F]`
/** Names of Japan are written in several shapes of one letter. */
const VARIATION_OF_LETTER = String.raw`(?<=\p{Ideographic})[\uFE00-\uFE02\u{E0100}-\u{E01EF}]|(?<=\p{Script=Mongolian})[\u180B-\u180D\u180F]`
/** Latin, Greek and Cyrillic letters never join, so between them a joiner is only there to deceive. */
const NEVER_JOINING = String.raw`[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Default_Ignorable_Code_Point}[\p{Script=Inherited}--[\u064B-\u0655\u0670]]]`
const JOINING = String.raw`[[\p{L}\p{M}]--${NEVER_JOINING}]`
const JOINER_IN_WORD = String.raw`(?<=${JOINING})[\u200C\u200D](?=${JOINING})`
/** Of the scripts of India and Sri Lanka the sign that a letter has no vowel: a joiner after it shapes that letter. */
const JOINER_AFTER_VIRAMA = String.raw`(?<=[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA])\u200D`
const JOINER_IN_EMOJI = String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]|\p{Emoji}\uFE0F)\u200D(?=\p{Extended_Pictographic})`

const INVISIBLE = new RegExp(
  String.raw`(${[FLAG, VARIATION, VARIATION_OF_LETTER, JOINER_IN_WORD, JOINER_AFTER_VIRAMA, JOINER_IN_EMOJI].join('|')})` +
    String.raw`|[[\p{Cc}--\n]\p{Cf}\p{Default_Ignorable_Code_Point}\uFFFC]`,
  'gv',
)
