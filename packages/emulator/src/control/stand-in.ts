import type { StoredFile } from '../files/stored-file.ts'

export interface FileContent {
  readonly contentType: string
  readonly bytes: Buffer
}

/** A drawing in place of a picture that the emulator never had, in its size and with its name. */
export function standIn(file: StoredFile): FileContent {
  if (file.kind !== 'photo' && file.kind !== 'animation') {
    return {
      contentType: 'text/plain; charset=utf-8',
      bytes: Buffer.from(`${file.fileName}, ${file.sizeBytes} bytes\n`),
    }
  }
  const width = file.width || 640
  const height = file.height || 480
  const hue = (file.serial * 47) % 360
  const fontSize = Math.round(Math.min(width, height) / 16)
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1">`,
    `<stop offset="0" stop-color="hsl(${hue} 60% 72%)"/><stop offset="1" stop-color="hsl(${hue + 50} 60% 52%)"/>`,
    `</linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>`,
    `<text x="50%" y="50%" fill="#fff" font-family="sans-serif" font-size="${fontSize}" text-anchor="middle">`,
    `${escapeXml(file.fileName)}</text></svg>`,
  ].join('')
  return { contentType: 'image/svg+xml', bytes: Buffer.from(svg) }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
