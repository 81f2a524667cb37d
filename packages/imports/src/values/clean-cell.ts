/** Control characters, and what a decoder leaves of broken bytes: no name or number has them. Blanks of all kinds are fine. */
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const UNREADABLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffd]/

/** A cell's text on one line, without blanks around it. */
export function cleanCell(cell: string): string {
  const text = cell.trim()
  return /[\s\u0080-\uffff]/.test(text) ? text.normalize('NFC').replace(/\s+/g, ' ') : text
}

export function isUnreadable(text: string): boolean {
  return UNREADABLE.test(text)
}
