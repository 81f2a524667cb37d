/**
 * Removes blanks at the ends of lines and blank lines at both ends, and makes one blank line of several: what an
 * `{% if %}` on a line of its own leaves behind. Linear in the length of the text, whatever it holds.
 */
export function tidyLines(text: string): string {
  const kept: string[] = []
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const trimmed = line.trimEnd()
    if (trimmed !== '' || kept.at(-1) !== '') kept.push(trimmed)
  }
  return kept.join('\n').trim()
}

/** The text on one line: each run of blanks and line breaks becomes one blank. */
export function singleLine(text: string): string {
  return text.split(/\s/).filter(Boolean).join(' ')
}
