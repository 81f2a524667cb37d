import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { createDownloadFile, type DownloadResult, type DownloadSettings } from './download-file.ts'
import { standInHttp, standInTcp, type StandIn } from './stand-in.ts'

const MAX_BYTES = 100_000

/** What comes of `http://127.0.0.1:<port>/file` when that host is allowed. */
async function downloadFrom(
  { port }: StandIn,
  change: Partial<DownloadSettings> & { maxBytes?: number; signal?: AbortSignal } = {},
): Promise<DownloadResult> {
  const { maxBytes = MAX_BYTES, signal, ...settings } = change
  const download = createDownloadFile({ allowedHosts: [`127.0.0.1:${port}`], ...settings })
  const result = await download(`http://127.0.0.1:${port}/file?a=1`, { maxBytes, signal })
  if (result.status === 'downloaded') onTestFinished(() => result.file[Symbol.asyncDispose]())
  return result
}

async function contentOf(result: DownloadResult): Promise<string> {
  if (result.status === 'failed') throw new Error(result.reason)
  const chunks: Uint8Array[] = []
  for await (const chunk of result.file.read()) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

async function filesLeft(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('postino-file-'))
}

test('a file comes whole, may be read twice, and leaves nothing behind', async () => {
  const content = 'line of the file\n'.repeat(5_000)
  const seen: unknown[] = []
  await using server = await standInHttp(({ url, headers }, response) => {
    seen.push(url, headers['accept-encoding'])
    response.writeHead(200, { 'content-type': 'application/pdf' }).end(content)
  })
  const result = await downloadFrom(server)
  expect(result).toMatchObject({
    status: 'downloaded',
    contentType: 'application/pdf',
    file: { sizeBytes: content.length },
  })
  expect(await Promise.all([contentOf(result), contentOf(result)])).toEqual([content, content])
  expect(seen).toEqual(['/file?a=1', 'identity'])
  // Not even while it is in use: a process that is killed leaves nothing either.
  expect(await filesLeft()).toEqual([])
  if (result.status === 'downloaded') await result.file[Symbol.asyncDispose]()
  await expect(contentOf(result)).rejects.toThrow('the folder for temporary files cannot be used')
})

test('as many bytes as are allowed are taken, and not one more, whatever the length says', async () => {
  const lengths = [MAX_BYTES, MAX_BYTES + 1]
  for (const length of lengths) {
    await using told = await standInHttp((_request, response) => response.end(Buffer.alloc(length)))
    await using untold = await standInHttp((_request, response) => {
      response.write(Buffer.alloc(1))
      response.end(Buffer.alloc(length - 1))
    })
    const expected = length > MAX_BYTES ? { status: 'failed', reason: 'too_large' } : { status: 'downloaded' }
    expect(await downloadFrom(told)).toMatchObject(expected)
    expect(await downloadFrom(untold)).toMatchObject(expected)
  }
})

test('an endless body ends', async () => {
  await using server = await standInHttp((_request, response) => {
    const more = () => {
      while (response.write(Buffer.alloc(65_536)));
    }
    response.on('drain', more)
    more()
  })
  expect(await downloadFrom(server)).toEqual({ status: 'failed', reason: 'too_large' })
})

test('what is slow is given up, and a large file gets more time than a small one', async () => {
  await using trickle = await standInHttp((_request, response) => {
    const timer = setInterval(() => response.write('x'), 10)
    response.on('close', () => clearInterval(timer))
  })
  await using silent = await standInTcp(() => undefined)
  await using stopped = await standInHttp((_request, response) => void response.write('some'))
  const quick = { totalTimeoutMs: 100 }
  for (const server of [trickle, silent, stopped]) {
    expect(await downloadFrom(server, quick)).toEqual({ status: 'failed', reason: 'timed_out' })
  }
  // Ten pieces, of which each takes as long as the whole may: each earns the time of the next.
  await using steady = await standInHttp((_request, response) => {
    let left = 10
    const timer = setInterval(() => {
      response.write(Buffer.alloc(1_000))
      if (--left > 0) return
      clearInterval(timer)
      response.end()
    }, 50)
  })
  const earning = { totalTimeoutMs: 200, leastBytesPerSecond: 5_000 }
  expect(await downloadFrom(steady, earning)).toMatchObject({ file: { sizeBytes: 10_000 } })
})

test('a name server that never answers is not waited for', async () => {
  const download = createDownloadFile({
    allowedHosts: [],
    totalTimeoutMs: 50,
    resolve: () => new Promise(() => undefined),
  })
  const result = await download('https://slow.example/a', { maxBytes: MAX_BYTES })
  expect(result).toEqual({ status: 'failed', reason: 'timed_out' })
})

test('whoever gives up is not kept', async () => {
  const aborter = new AbortController()
  await using server = await standInHttp(() => aborter.abort())
  const { signal } = aborter
  expect(await downloadFrom(server, { signal })).toEqual({ status: 'failed', reason: 'aborted' })
  expect(await downloadFrom(server, { signal })).toEqual({ status: 'failed', reason: 'aborted' })
  expect(server.connections()).toBe(1)
})

test.each([
  { what: 'a page of errors', status: 404, reason: 'other_status', body: 'not here' },
  { what: 'a part', status: 206, reason: 'other_status', body: 'part' },
  {
    what: 'a packed answer',
    status: 200,
    headers: { 'content-encoding': 'gzip' },
    reason: 'compressed',
    body: gzipSync('0'.repeat(1_000_000)),
  },
  { what: 'nothing', status: 200, reason: 'empty', body: '' },
])('$what is no file', async ({ status, headers, reason, body }) => {
  await using server = await standInHttp((_request, response) => {
    response.writeHead(status, headers).end(body)
  })
  expect(await downloadFrom(server)).toEqual({ status: 'failed', reason })
})

test.each([
  ['a body shorter than its length', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nthe secret'],
  ['a chunk cut in the middle', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n64\r\nthe secret'],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: 9\r\n\r\nthe secret'],
  ['no HTTP', 'SSH-2.0-OpenSSH_9.2 the secret\r\n'],
  ['endless headers', `HTTP/1.1 200 OK\r\nx: ${'the secret'.repeat(10_000)}`],
])('%s is no file, and is not repeated', async (_what, answer) => {
  await using server = await standInTcp((socket) => socket.once('data', () => socket.end(answer)))
  const result = await downloadFrom(server)
  expect(result).toMatchObject({ status: 'failed' })
  expect(JSON.stringify(result)).not.toContain('secret')
})

test('no more is taken than the length that was told', async () => {
  const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfileHTTP/1.1 200 OK\r\n'
  await using server = await standInTcp((socket) => socket.once('data', () => socket.end(answer)))
  expect(await contentOf(await downloadFrom(server))).toBe('file')
})

test('nobody at home is told at once', async () => {
  const server = await standInHttp(() => undefined)
  await server[Symbol.asyncDispose]()
  expect(await downloadFrom(server)).toEqual({ status: 'failed', reason: 'unreachable' })
})
