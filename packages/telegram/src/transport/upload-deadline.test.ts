import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { createTelegramTransport } from './create-transport.ts'
import { parseAnswer } from './parse-answer.ts'
import { answerJson, standInHttp, standInTcp, type StandIn } from './stand-in.ts'

const MEGABYTE = 1024 * 1024

/** What came of uploading so many megabytes, sent in pieces with pauses between them. */
async function upload(
  { host }: StandIn,
  { megabytes, pauseMs = 0, deadlineMs }: { megabytes: number; pauseMs?: number; deadlineMs: number },
): Promise<unknown> {
  const apiRoot = `http://${host}`
  const leastUploadBytesPerSecond = 10 * MEGABYTE
  const transport = createTelegramTransport({ apiRoot, connections: 1, leastUploadBytesPerSecond })
  async function* pieces() {
    for (let count = 0; count < megabytes; count += 1) {
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
      yield Buffer.alloc(MEGABYTE)
    }
  }
  try {
    const body = Readable.from(pieces())
    const url = `${apiRoot}/bot7:AAA/sendDocument`
    return parseAnswer(await transport.fetch(url, { body, deadlineMs }), url)
  } catch (error) {
    return error
  } finally {
    await transport.close()
  }
}

test('an upload may take longer than a call: every byte earns its time', async () => {
  await using standIn = await standInHttp(({ body }, response) =>
    answerJson(response, 200, { ok: true, result: body.length }),
  )
  const result = await upload(standIn, { megabytes: 20, pauseMs: 20, deadlineMs: 250 })
  expect(result).toEqual({ ok: true, result: 20 * MEGABYTE })
})

test('an upload that stands still is given up, and did not arrive', async () => {
  await using standIn = await standInTcp((socket) => socket.once('data', () => socket.pause()))
  const failure = await upload(standIn, { megabytes: 200, deadlineMs: 50 })
  expect(failure).toMatchObject({ code: 'DEADLINE', timedOut: true, mayHaveArrived: false })
})

test('an upload that never gets its answer may have arrived', async () => {
  const { promise: arrived, resolve } = Promise.withResolvers<number>()
  await using standIn = await standInHttp(({ body }) => resolve(body.length))
  const failure = await upload(standIn, { megabytes: 1, deadlineMs: 100 })
  expect(await arrived).toBe(MEGABYTE)
  expect(failure).toMatchObject({ code: 'DEADLINE', timedOut: true, mayHaveArrived: true })
})

test('an upload that is refused before its end brings the refusal', async () => {
  await using standIn = await standInTcp((socket) =>
    socket.once('data', () => {
      socket.pause()
      const body = '{"ok":false,"error_code":413,"description":"Request Entity Too Large"}'
      socket.write(
        `HTTP/1.1 413 Too Large\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
      )
    }),
  )
  const answer = await upload(standIn, { megabytes: 50, deadlineMs: 5_000 })
  expect(answer).toMatchObject({ ok: false, error_code: 413 })
})
