// What a URL parser would silently mend (blanks, backslashes) or what could hide the true host (user information).
const WELL_WRITTEN = /^https?:\/\/[^\s\\/?#@]+(?:[/?#][^\s\\]*)?$/i

/** True for a full http(s) address of a named host, as it may stand behind a button. */
export function isWebUrl(address: string): boolean {
  return WELL_WRITTEN.test(address) && URL.canParse(address)
}
