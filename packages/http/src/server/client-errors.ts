import { randomUUID } from 'node:crypto'
import { STATUS_CODES, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { ProblemError, problemDocument, type ProblemKind } from '../problem/problem-error.ts'
import { PROBLEMS } from '../problem/problems.ts'
import { SECURITY_HEADERS } from './security-headers.ts'

/** What Node's parser gives up on never becomes a request: the answer is written to the socket by hand. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  // A reset has nobody to answer; after a response has begun, another one would be taken for a part of it.
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegunToAnswer(socket)) {
    socket.destroy()
    return
  }
  socket.end(rawResponse(problemOf(error.code)), () => socket.destroy())
}

/** The only expectation HTTP knows is 100-continue, and Node meets that one itself. */
export function refuseExpectations(server: Server): void {
  server.on('checkExpectation', (_request, response) => {
    const { status, headers, body } = renderProblem(
      new ProblemError(PROBLEMS['expectation-failed'], { detail: 'Leave the expect header out.' }),
    )
    response.writeHead(status, { ...headers, connection: 'close' }).end(body)
  })
}

const BY_CODE: ReadonlyMap<string | undefined, [ProblemKind, string]> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', [PROBLEMS.timeout, 'The request took too long to arrive.']],
  ['HPE_HEADER_OVERFLOW', [PROBLEMS['headers-too-large'], 'The header fields may have 16 KiB in all.']],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', [PROBLEMS['too-large'], 'Chunk extensions are too large.']],
])

function problemOf(code: string | undefined): ProblemError {
  const [kind, detail] = BY_CODE.get(code) ?? [PROBLEMS['bad-request'], 'This is not HTTP/1.1.']
  return new ProblemError(kind, { detail })
}

function rawResponse(problem: ProblemError): string {
  const { status, headers, body } = renderProblem(problem)
  const lines = Object.entries({ ...headers, connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}`,
  )
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}

function renderProblem(problem: ProblemError) {
  const requestId = randomUUID()
  const body = JSON.stringify(problemDocument(problem, requestId))
  const headers = {
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    'x-request-id': requestId,
    ...SECURITY_HEADERS,
  }
  return { status: problem.kind.status, headers, body }
}

// Node keeps the response of a socket's current request here, and asks it the same question in its own handler.
function hasBegunToAnswer(socket: Socket & { _httpMessage?: { headersSent?: boolean } | null }): boolean {
  return socket._httpMessage?.headersSent === true
}
