import { createHash } from 'node:crypto'
import type { MediaKind, StoredFile } from './stored-file.ts'

/** TDLib's numbers for kinds of files; they give Telegram's file ids their first letters (`AgAC…` is a photo). */
const TYPE_BYTES: Readonly<Record<MediaKind, number>> = {
  photo: 2,
  video: 4,
  document: 5,
  audio: 9,
  animation: 10,
}
const KINDS = new Map(Object.entries(TYPE_BYTES).map(([kind, byte]) => [byte, kind]))
const VERSION_BYTE = 4
const LENGTH = 33

export type FileId =
  | { status: 'parsed'; kind: string; serial: number; botId: number }
  | { status: 'refused'; message: string }

/** A file's id for one bot. Other bots cannot use it. `letter` names one size of a photo. */
export function createFileId(file: StoredFile, botId: number, letter = 'x'): string {
  const bytes = Buffer.alloc(LENGTH)
  bytes[0] = TYPE_BYTES[file.kind]
  bytes[2] = 2
  bytes.writeUIntBE(file.serial, 4, 6)
  bytes.writeBigUInt64BE(BigInt(botId), 10)
  bytes[18] = letter.charCodeAt(0)
  seal(bytes).copy(bytes, 19)
  bytes[LENGTH - 1] = VERSION_BYTE
  return bytes.toString('base64url')
}

export function parseFileId(text: string): FileId {
  const body = text.replace(/=+$/, '')
  if (!/^[\w-]*$/.test(body)) return wrong('Wrong character in the string')
  if (body.length % 4 === 1) return wrong('Wrong string length')
  const bytes = Buffer.from(body, 'base64url')
  if (bytes.length === 0) return { status: 'refused', message: 'Remote file identifier must be non-empty' }
  if (bytes.at(-1) !== VERSION_BYTE) return wrong("can't unserialize it. Wrong last symbol")
  const kind = KINDS.get(bytes[0] ?? 0)
  const isOurs = bytes.length === LENGTH && seal(bytes).equals(bytes.subarray(19, LENGTH - 1))
  if (kind === undefined || !isOurs) return wrong("can't unserialize it")
  return {
    status: 'parsed',
    kind,
    serial: bytes.readUIntBE(4, 6),
    botId: Number(bytes.readBigUInt64BE(10)),
  }
}

/** The id that is the same for every bot, and good for nothing but comparing. */
export function createUniqueId(file: StoredFile, letter = ''): string {
  const bytes = Buffer.alloc(9)
  bytes.writeUIntBE(file.serial, 0, 6)
  bytes[6] = letter === '' ? 0 : letter.charCodeAt(0)
  bytes[7] = TYPE_BYTES[file.kind]
  return `AQAD${bytes.toString('base64url')}`
}

/** The serial in a unique id, `undefined` when it is none. */
export function serialOfUniqueId(uniqueId: string): number | undefined {
  if (!/^AQAD[\w-]{12}$/.test(uniqueId)) return undefined
  return Buffer.from(uniqueId.slice(4), 'base64url').readUIntBE(0, 6)
}

/** Tells an id that was tampered with; the real thing carries an access hash. */
function seal(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes.subarray(0, 19)).digest().subarray(0, 13)
}

function wrong(detail: string): FileId {
  return { status: 'refused', message: `Wrong remote file identifier specified: ${detail}` }
}
