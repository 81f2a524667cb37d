import assert from 'node:assert/strict'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  clockTolerance,
  Configuration,
  discovery,
  enableNonRepudiationChecks,
  type ClientAuth,
  type ServerMetadata,
} from 'openid-client'

/** What @BotFather gives a bot for Web Login. */
export interface LoginClient {
  clientId: string
  secret: string
}

/** What only one log-in knows. */
export interface LoginChecks {
  state: string
  nonce: string
  /** Of PKCE: who redeems the code is who asked for it. */
  codeVerifier: string
}

export interface Redeemed {
  /** Of the ID token: signature, issuer, audience, nonce and time are checked. */
  claims: Record<string, unknown>
  /** What the person has agreed to at Telegram. */
  scopes: readonly string[]
}

/** Telegram as an OpenID provider: https://core.telegram.org/bots/telegram-login. */
export interface LoginProvider {
  /** Where visitors are sent. */
  origin: string
  authorizationUrl: (client: LoginClient, redirectUri: string, checks: LoginChecks) => Promise<string>
  /** @throws Error when Telegram does not answer, or answers with anything that does not fit the checks */
  redeem: (client: LoginClient, callback: URL, checks: LoginChecks) => Promise<Redeemed>
}

const SCOPE = 'openid profile phone telegram:bot_access'
const TIMEOUT_SECONDS = 8
const TOLERANCE_SECONDS = 10
const METADATA_MS = 3_600_000

export function createLoginProvider(options: { issuer: string; nowMs: () => number }): LoginProvider {
  const { issuer, nowMs } = options
  const url = new URL(issuer)
  // An issuer of one's own machine has no certificate; the settings let no other one be spoken to like this.
  const execute = [enableNonRepudiationChecks, ...(url.protocol === 'http:' ? [allowInsecureRequests] : [])]
  let known: { metadata: ServerMetadata; atMs: number } | undefined

  async function discover(): Promise<ServerMetadata> {
    if (known !== undefined && nowMs() - known.atMs < METADATA_MS) return known.metadata
    const found = await discovery(url, 'any', undefined, undefined, { execute, timeout: TIMEOUT_SECONDS })
    const metadata = found.serverMetadata()
    // The page's policy lets its form lead there and nowhere else.
    assert(
      URL.parse(metadata.authorization_endpoint ?? '')?.origin === url.origin,
      'the issuer sends visitors elsewhere',
    )
    known = { metadata, atMs: nowMs() }
    return metadata
  }

  async function configure({ clientId, secret }: LoginClient): Promise<Configuration> {
    const tolerance = { [clockTolerance]: TOLERANCE_SECONDS }
    const configuration = new Configuration(await discover(), clientId, tolerance, basicAuth(secret))
    configuration.timeout = TIMEOUT_SECONDS
    for (const change of execute) change(configuration)
    return configuration
  }

  return {
    origin: url.origin,
    async authorizationUrl(client, redirectUri, { state, nonce, codeVerifier }) {
      const parameters = {
        redirect_uri: redirectUri,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      }
      return buildAuthorizationUrl(await configure(client), parameters).href
    },
    async redeem(client, callback, { state, nonce, codeVerifier }) {
      const tokens = await authorizationCodeGrant(await configure(client), callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      })
      // Without a word about scopes all that was asked for is granted (RFC 6749, 5.1).
      return { claims: { ...tokens.claims() }, scopes: (tokens.scope ?? SCOPE).split(' ') }
    },
  }
}

/**
 * Basic authentication as RFC 6749, 2.3.1 wants it, but for letters that stand for themselves: the library encodes hyphens and
 * underscores too, of which secrets are full, and not every server takes that back.
 */
function basicAuth(secret: string): ClientAuth {
  return (_server, { client_id: clientId }, _body, headers) => {
    const credentials = [clientId, secret].map(encodeURIComponent).join(':')
    headers.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`)
  }
}
