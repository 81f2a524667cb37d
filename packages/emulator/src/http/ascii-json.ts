const NOT_ASCII = /[\u0080-\uffff]/g

/** JSON in the Bot API server's spelling: everything beyond ASCII as `\uXXXX`, slashes as they are. */
export function toAsciiJson(value: unknown): string {
  return escapeNonAscii(JSON.stringify(value))
}

function escapeNonAscii(json: string): string {
  return json.replace(NOT_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
