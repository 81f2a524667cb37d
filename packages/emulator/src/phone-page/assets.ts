import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { extname } from 'node:path'

export type Asset = { contentType: string; body: Buffer; etag: string }
export type Assets = { page: Asset; files: ReadonlyMap<string, Asset> }

const BROWSER_FOLDER = new URL('browser/', import.meta.url)
const STATIC_FOLDER = new URL('static/', import.meta.url)

const CONTENT_TYPES: Record<string, string> = {
  '.ts': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
}

/** Reads the page, its styles and its scripts; the scripts lose their types here, so nothing has to be built. */
export async function loadAssets(): Promise<Assets> {
  const files = new Map([...(await loadFolder(STATIC_FOLDER)), ...(await loadFolder(BROWSER_FOLDER))])
  const page = files.get('index.html')
  if (page === undefined) throw new Error('the phone page has no index.html')
  return { page, files }
}

async function loadFolder(folder: URL): Promise<[name: string, asset: Asset][]> {
  const names = await readdir(folder)
  const wanted = names.filter((name) => extname(name) in CONTENT_TYPES && !name.endsWith('.test.ts'))
  return Promise.all(
    wanted.map(async (name) => [name, await loadAsset(new URL(name, folder), extname(name))]),
  )
}

async function loadAsset(file: URL, extension: string): Promise<Asset> {
  const source = await readFile(file, 'utf8')
  const body = Buffer.from(extension === '.ts' ? stripTypes(source) : source)
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
  return { contentType: CONTENT_TYPES[extension] ?? 'application/octet-stream', body, etag }
}

/** Node warns that this function may still change; versions are pinned here, and the warning is not the user's. */
function stripTypes(source: string): string {
  const emitWarning: typeof process.emitWarning = Reflect.get(process, 'emitWarning')
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}
