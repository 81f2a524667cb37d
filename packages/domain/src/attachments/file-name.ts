import type { FileType } from './file-type.ts'

/** In UTF-16 units, the ending included; about what a phone shows of a name at all. */
const MAX_NAME_CHARS = 100

/** For a file nobody named. */
const NAMELESS = 'file'

/**
 * Makes any text a name that is what it looks like: on one line, without path, control characters or turned reading
 * direction, not hidden. Undefined when nothing is left.
 */
export function cleanFileName(text: string): string | undefined {
  const plain = text
    .replaceAll(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replaceAll(/[\\/]+/g, '-')
  // From the first to the last that is neither blank nor dot; linear, as names may be long.
  const [name] = /[^ .](?:.*[^ .])?/s.exec(plain) ?? []
  return name === undefined ? undefined : shortened(name)
}

/** The name in the path of an address, percent signs decoded; undefined when there is none. */
export function fileNameInAddress(address: string): string | undefined {
  const segment = URL.parse(address)?.pathname.split('/').at(-1) ?? ''
  return cleanFileName(decoded(segment))
}

/** The name, with an ending that says what the file is unless it has one of those. */
export function withEnding(name: string, type: FileType | undefined): string {
  if (type === undefined || type.includes(endingOf(name).slice(1).toLowerCase())) return name
  return shortened(`${name}.${type[0]}`)
}

/** The same for the name in an address, whose ending is that of a script as often as not. */
export function renamed(name = NAMELESS, type: FileType | undefined): string {
  if (type === undefined || type.includes(endingOf(name).slice(1).toLowerCase())) return name
  return withEnding(name.slice(0, name.length - endingOf(name).length), type)
}

/** With its dot; empty when there is none. */
function endingOf(name: string): string {
  return /\.[a-z\d]{1,10}$/i.exec(name)?.[0] ?? ''
}

/** Cut before the ending, as that says what the file is. */
function shortened(name: string): string {
  if (name.length <= MAX_NAME_CHARS) return name
  const ending = endingOf(name)
  // Half a surrogate pair cannot be sent.
  const stem = name.slice(0, MAX_NAME_CHARS - ending.length).replace(/[\s.]*[\uD800-\uDBFF]?$/, '')
  return `${stem}${ending}`
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    // A percent sign that encodes nothing is part of the name.
    return segment
  }
}
