import { Busboy } from '@fastify/busboy'
import type { BusboyFileStream, BusboyInstance } from '@fastify/busboy'
import { readFormParameters } from './form-parameters.ts'
import type { ParameterList } from './parameters.ts'
import { ProtocolError } from './protocol-error.ts'
import { MAX_FILES, MAX_HEADERS_BYTES, MAX_PARAMETERS_BYTES } from './request-limits.ts'
import { decodeUtf8 } from './text-encoding.ts'

/**
 * Reads a multipart body. A part with a file name, even an empty one, is a file; every other part is a parameter.
 * @throws {ProtocolError} when the body is cut off, has no boundary, or goes beyond the limits.
 */
export async function readMultipartParameters(
  body: Buffer,
  contentType: string,
  parameters: ParameterList,
): Promise<void> {
  let parametersBytes = 0

  for (const part of await readParts(body, contentType)) {
    if (part.name === '') throw new ProtocolError(400, 'a part of the form has no name')
    if (part.fileName !== undefined) {
      if (parameters.files.length === MAX_FILES) throw new ProtocolError(413, 'too many files attached')
      const { name, fileName, contentType: type, bytes } = part
      parameters.addFile({ fieldName: name, fileName, contentType: type, bytes })
      continue
    }
    parametersBytes += part.bytes.length
    if (parametersBytes > MAX_PARAMETERS_BYTES)
      throw new ProtocolError(413, 'too many parameters in form data')
    const value = decodeUtf8(part.bytes)
    if (part.contentType === 'application/x-www-form-urlencoded') readFormParameters(value, parameters)
    else parameters.add(part.name, value)
  }
}

interface Part {
  readonly name: string
  readonly fileName: string | undefined
  readonly contentType: string
  readonly bytes: Buffer
}

function readParts(body: Buffer, contentType: string): Promise<Part[]> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: unknown): void =>
      reject(new ProtocolError(400, 'the form cannot be read', { cause }))
    let parser: BusboyInstance
    try {
      // Every part is read as a file, because a parameter's bytes are wanted undecoded as well.
      parser = new Busboy({
        headers: { 'content-type': contentType },
        isPartAFile: () => true,
        limits: { headerSize: MAX_HEADERS_BYTES },
      })
    } catch (error) {
      refuse(error)
      return
    }

    const parts: Promise<Part>[] = []
    parser.on('file', (...[name, stream, fileName, , type]) => {
      parts.push(readPart(stream).then((bytes) => ({ name: name ?? '', fileName, contentType: type, bytes })))
    })
    parser.on('finish', () => {
      Promise.all(parts).then(resolve, refuse)
    })
    parser.on('error', refuse)
    parser.end(body)
  })
}

function readPart(stream: BusboyFileStream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => resolve(Buffer.concat(chunks)))
    stream.on('error', reject)
  })
}
