import { expect, test } from 'vitest'
import { readMultipartParameters } from './multipart-parameters.ts'
import { createParameters } from './parameters.ts'
import { ProtocolError } from './protocol-error.ts'

const TYPE = 'multipart/form-data; boundary=edge'

function form(...parts: string[]): Buffer {
  return Buffer.from(`${parts.map((part) => `--edge\r\n${part}\r\n`).join('')}--edge--\r\n`)
}

async function read(body: Buffer, contentType = TYPE) {
  const parameters = createParameters()
  await readMultipartParameters(body, contentType, parameters)
  return parameters
}

function refused(statusCode: number) {
  return expect.objectContaining({ name: 'ProtocolError', statusCode })
}

test('a part without a file name is a parameter, one with a file name is a file', async () => {
  const parameters = await read(
    form(
      'Content-Disposition: form-data; name="text"\r\n\r\nгруппа',
      'Content-Disposition: form-data; name="photo"; filename="a b.png"\r\nContent-Type: image/png\r\n\r\n\u0000\u0001',
    ),
  )
  expect(parameters.text('text')).toBe('группа')
  expect(parameters.file('photo')).toEqual({
    fieldName: 'photo',
    fileName: 'a b.png',
    contentType: 'image/png',
    bytes: Buffer.from([0, 1]),
  })
})

test('unquoted names, lower-case headers and an empty file name are understood', async () => {
  const parameters = await read(
    form(
      'content-disposition: form-data; name=chat_id\r\n\r\n5',
      'content-disposition: form-data; name="doc"; filename=file.bin\r\n\r\nabc',
      'content-disposition: form-data; name="empty"; filename=""\r\n\r\nx',
    ),
  )
  expect(parameters.text('chat_id')).toBe('5')
  expect(parameters.file('doc')?.fileName).toBe('file.bin')
  expect(parameters.file('empty')?.bytes.toString()).toBe('x')
})

test('bytes that are not UTF-8 make a text that is not well-formed', async () => {
  const body = Buffer.concat([
    Buffer.from('--edge\r\nContent-Disposition: form-data; name="text"\r\n\r\n'),
    Buffer.from([0xff]),
    Buffer.from('\r\n--edge--\r\n'),
  ])
  const parameters = await read(body)
  expect(parameters.text('text').isWellFormed()).toBe(false)
})

test.each([
  [
    'a body that is cut off',
    Buffer.from('--edge\r\nContent-Disposition: form-data; name="a"\r\n\r\nhalf'),
    TYPE,
  ],
  [
    'a form without boundary',
    form('Content-Disposition: form-data; name="a"\r\n\r\nx'),
    'multipart/form-data',
  ],
  ['a part without a name', form('Content-Disposition: form-data\r\n\r\nx'), TYPE],
])('%s is a bad request', async (_name, body, contentType) => {
  await expect(read(body, contentType)).rejects.toEqual(refused(400))
})

test('more than a megabyte of parameters, and more than fifty files, are too much', async () => {
  const long = form(`Content-Disposition: form-data; name="text"\r\n\r\n${'x'.repeat(1024 * 1024 + 1)}`)
  await expect(read(long)).rejects.toEqual(refused(413))

  const files = Array.from(
    { length: 51 },
    (_, at) => `Content-Disposition: form-data; name="f${at}"; filename="a"\r\n\r\nx`,
  )
  await expect(read(form(...files))).rejects.toBeInstanceOf(ProtocolError)
  await expect(read(form(...files.slice(1)))).resolves.toBeDefined()
})
