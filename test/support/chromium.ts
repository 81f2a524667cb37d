import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium, type Browser } from 'playwright-core'

const run = promisify(execFile)

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const DEBIAN_PACKAGES = ['chromium', 'fonts-noto-color-emoji', 'fonts-liberation']
const INSTALL_TIMEOUT_MS = 240_000

/** Said by a test that is skipped because there is no browser. */
export const NO_CHROMIUM =
  'skipped: there is no Chromium; install chromium or google-chrome, or name one in CHROMIUM_PATH'

/** `undefined` when there is no Chromium. */
export async function launchChromium(): Promise<Browser | undefined> {
  const executablePath = await findChromium()
  if (executablePath === undefined) return undefined
  // Root has no sandbox; the browser sees nothing but this machine's own page.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args })
}

/**
 * The path of a Chromium: `CHROMIUM_PATH`, or one on the PATH, or Debian's, which is installed when this runs as root.
 * `undefined` when there is none to be had.
 */
export async function findChromium(): Promise<string | undefined> {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined && named !== '') return named
  return (await findOnPath()) ?? (await installOnDebian())
}

async function findOnPath(): Promise<string | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name)
      if (folder !== '' && (await isExecutable(path))) return path
    }
  }
  return undefined
}

async function installOnDebian(): Promise<string | undefined> {
  if (process.getuid?.() !== 0 || !(await isExecutable('/usr/bin/apt-get'))) return undefined
  const options = { timeout: INSTALL_TIMEOUT_MS, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  try {
    await run('apt-get', ['update', '-q'], options)
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...DEBIAN_PACKAGES], options)
  } catch (error) {
    // Without a network there is no browser, and the tests that need one say so.
    console.log(`Chromium could not be installed: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
  return findOnPath()
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
