/** What is below a shop's name in the address. */
export type PageRoute =
  | { name: 'home' }
  | { name: 'link'; token: string }
  | { name: 'privacy' | 'embed' | 'login' | 'callback' }
  | { name: 'code'; form: 'svg' | 'png' }

export interface PlaceOfPage {
  slug: string
  route: PageRoute
  /** Beside HEAD, where GET is among them. */
  methods: readonly ('GET' | 'POST')[]
}

const PATH = /^\/o\/([a-z0-9][a-z0-9-]{0,62})(?:\/([A-Za-z0-9_./-]{0,64}))?$/
const TOKEN = /^[A-Za-z0-9_-]{22}$/

/** The place an address names; undefined when there can be none. */
export function findPlace(path: string): PlaceOfPage | undefined {
  const [, slug, rest = ''] = PATH.exec(path) ?? []
  if (slug === undefined) return undefined
  const route = ROUTES.get(rest) ?? (TOKEN.test(rest) ? ({ name: 'link', token: rest } as const) : undefined)
  return route && { slug, route, methods: METHODS[route.name] }
}

const ROUTES: ReadonlyMap<string, PageRoute> = new Map<string, PageRoute>([
  ['', { name: 'home' }],
  ['privacy', { name: 'privacy' }],
  ['embed.js', { name: 'embed' }],
  ['qr.svg', { name: 'code', form: 'svg' }],
  ['qr.png', { name: 'code', form: 'png' }],
  ['login', { name: 'login' }],
  ['login/callback', { name: 'callback' }],
])

const METHODS = {
  home: ['GET', 'POST'],
  link: ['GET', 'POST'],
  privacy: ['GET'],
  embed: ['GET'],
  code: ['GET'],
  login: ['POST'],
  callback: ['GET'],
} as const
