const ENDINGS: Readonly<Record<string, string>> = {
  'application/json': 'json',
  'application/msword': 'doc',
  'application/pdf': 'pdf',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/xml': 'xml',
  'application/zip': 'zip',
  'audio/mp4': 'm4a',
  'audio/mpeg': 'mp3',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/plain': 'txt',
  'video/mp4': 'mp4',
}

const MAX_NAME_CHARS = 120

/**
 * The name under which a file goes up, as it stands in the header of its part: quoted, since grammY writes it as it is and
 * names have spaces and semicolons. Telegram takes a file for what its name's ending says, so one without gets it from the
 * media type.
 */
export function uploadName({ name, mime }: { name: string; mime?: string }): string {
  // A quote or a backslash would end the name; control characters would end the header.
  const plain = name
    .replace(/["\\]/g, "'")
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .toWellFormed()
  const ending = /\.[\p{L}\d]{1,10}$/u.exec(plain)?.[0] ?? endingOf(mime)
  const stem = plain.endsWith(ending) ? plain.slice(0, plain.length - ending.length) : plain
  return `"${stem.slice(0, MAX_NAME_CHARS).toWellFormed() || 'file'}${ending}"`
}

function endingOf(mime = ''): string {
  const ending = ENDINGS[mime.split(';', 1)[0]?.trim().toLowerCase() ?? '']
  return ending === undefined ? '' : `.${ending}`
}
