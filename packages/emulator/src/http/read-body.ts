import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createGunzip, createInflate } from 'node:zlib'
import { ProtocolError } from './protocol-error.ts'

/** The whole body does not fit; it was not read to its end. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError'
}

/**
 * Reads a request's body, unpacking gzip and deflate.
 * @throws {BodyTooLargeError} beyond `maxBytes`, packed or unpacked.
 * @throws {ProtocolError} for an unknown packing or packed bytes that are broken.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new BodyTooLargeError()
  const encoding = (request.headers['content-encoding'] ?? 'none').toLowerCase()

  if (encoding === 'none' || encoding === '') return collect(request, maxBytes)
  if (encoding !== 'gzip' && encoding !== 'deflate') {
    throw new ProtocolError(415, 'unsupported content-encoding')
  }
  const unpacked = request.pipe(encoding === 'gzip' ? createGunzip() : createInflate())
  request.once('error', (error) => unpacked.destroy(error))
  return collect(unpacked, maxBytes)
}

function collect(stream: Readable, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    stream.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length > maxBytes) {
        stream.pause()
        reject(new BodyTooLargeError())
      } else chunks.push(chunk)
    })
    stream.on('end', () => resolve(chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks)))
    stream.on('error', (cause) => reject(new ProtocolError(400, 'the body cannot be read', { cause })))
    // A client that hangs up in the middle of its body ends the wait; nobody reads the answer.
    stream.on('close', () => {
      if (!stream.readableEnded) reject(new ProtocolError(400, 'unexpected end of request content'))
    })
  })
}

const EMPTY = Buffer.alloc(0)
