import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { atEnd } from './at-end.ts'

/** Who presses "Allow" at Telegram, and what is wrong with what Telegram then says. */
export interface LoginAnswer {
  claims?: Record<string, unknown>
  /** Seconds from now at which the ID token ends. */
  endsInSeconds?: number
  /** What was agreed to; null says nothing about it. */
  scope?: string | null
  algorithm?: 'RS256' | 'ES256'
  /** Signed by somebody else. */
  isForged?: boolean
  /** The person presses "Cancel". */
  isDenied?: boolean
  /** The token endpoint is out of order. */
  isBroken?: boolean
}

export interface OpenIdProvider {
  issuer: string
  /** How every log-in from now on goes. */
  answer: LoginAnswer
  /** What it was asked for at `/auth`, the youngest last. */
  asked: URLSearchParams[]
}

export interface Client {
  id: string
  secret: string
}

interface Answer {
  status: number
  location?: string
  body?: object
}

interface Grant {
  request: URLSearchParams
  answer: LoginAnswer
}

/** A provider of OpenID Connect as Telegram's is, with real keys; ends with the test. */
export async function startOpenIdProvider(client: Client): Promise<OpenIdProvider> {
  const keys = { RS256: newKey('RS256', 'r1'), ES256: newKey('ES256', 'e1') }
  const foreign = { RS256: newKey('RS256', 'r1'), ES256: newKey('ES256', 'e1') }
  const grants = new Map<string, Grant>()

  async function respond(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '', provider.issuer)
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return { status: 200, body: metadataOf(provider.issuer) }
      case '/.well-known/jwks.json':
        return { status: 200, body: { keys: Object.values(keys).map(({ jwk }) => jwk) } }
      case '/auth':
        return { status: 303, location: authorize(url.searchParams) }
      case '/token':
        return redeem(request, new URLSearchParams(await textOf(request)))
      default:
        return { status: 404 }
    }
  }

  function authorize(asked: URLSearchParams): string {
    provider.asked.push(asked)
    assert.equal(asked.get('client_id'), client.id)
    assert.equal(asked.get('response_type'), 'code')
    assert.equal(asked.get('code_challenge_method'), 'S256')
    const back = new URL(asked.get('redirect_uri') ?? '')
    back.searchParams.set('state', asked.get('state') ?? '')
    if (provider.answer.isDenied === true) back.searchParams.set('error', 'access_denied')
    else {
      const code = randomBytes(16).toString('hex')
      grants.set(code, { request: asked, answer: provider.answer })
      back.searchParams.set('code', code)
    }
    return back.href
  }

  function redeem({ headers }: IncomingMessage, form: URLSearchParams) {
    const code = form.get('code') ?? ''
    const grant = grants.get(code)
    grants.delete(code)
    if (grant?.answer.isBroken === true) return { status: 503 }
    const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64')
    if (headers.authorization !== `Basic ${basic}`) return { status: 401, body: { error: 'invalid_client' } }
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const fits =
      grant !== undefined &&
      challenge === grant.request.get('code_challenge') &&
      form.get('redirect_uri') === grant.request.get('redirect_uri')
    if (!fits) return { status: 400, body: { error: 'invalid_grant' } }
    const { scope = grant.request.get('scope') } = grant.answer
    const body = {
      access_token: randomBytes(16).toString('hex'),
      token_type: 'Bearer',
      expires_in: 3_600,
      id_token: idTokenOf(grant),
      ...(scope !== null && { scope }),
    }
    return { status: 200, body }
  }

  function idTokenOf({ request, answer }: Grant): string {
    const { algorithm = 'RS256', endsInSeconds = 3_600, isForged = false } = answer
    const now = Math.floor(Date.now() / 1_000)
    const claims = {
      iss: provider.issuer,
      aud: client.id,
      sub: 'opaque-7',
      iat: Math.min(now, now + endsInSeconds - 3_600),
      exp: now + endsInSeconds,
      jti: randomBytes(8).toString('hex'),
      nonce: request.get('nonce'),
      ...answer.claims,
    }
    return signed((isForged ? foreign : keys)[algorithm], claims)
  }

  const server = createServer((request, response) => {
    respond(request).then(
      (answer) => send(response, answer),
      () => response.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  atEnd(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  assert(typeof address === 'object' && address !== null)
  const provider: OpenIdProvider = { issuer: `http://127.0.0.1:${address.port}`, answer: {}, asked: [] }
  return provider
}

function send(response: ServerResponse, { status, location, body }: Answer): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(location !== undefined && { location }),
  })
  response.end(body === undefined ? '' : JSON.stringify(body))
}

interface Key {
  algorithm: 'RS256' | 'ES256'
  id: string
  privateKey: KeyObject
  jwk: object
}

function newKey(algorithm: Key['algorithm'], id: string): Key {
  const { privateKey, publicKey } =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: 2_048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: id, alg: algorithm, use: 'sig' }
  return { algorithm, id, privateKey, jwk }
}

function signed({ algorithm, id, privateKey }: Key, claims: object): string {
  const parts = [{ alg: algorithm, kid: id, typ: 'JWT' }, claims]
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  const signature = sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}

function metadataOf(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'ES256'],
    scopes_supported: ['openid', 'profile', 'phone', 'telegram:bot_access'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
