/** The head of a PNG of this size; nobody looks at the pixels. */
export function pictureOf(width: number, height: number, sizeBytes = 64): Buffer {
  const bytes = Buffer.alloc(Math.max(64, sizeBytes))
  bytes.write('\u0089PNG\r\n\u001A\n', 0, 'latin1')
  bytes.writeUInt32BE(13, 8)
  bytes.write('IHDR', 12, 'latin1')
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}
