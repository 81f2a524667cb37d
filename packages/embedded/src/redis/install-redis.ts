import { execFile } from 'node:child_process'
import { accessSync, constants, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { MissingRedisError } from '../errors.ts'

const run = promisify(execFile)
const INSTALL_TIMEOUT_MS = 300_000
const LOCK_TIMEOUT_SECONDS = 120
const POLICY_FILE = '/usr/sbin/policy-rc.d'

export function canInstallRedis(): boolean {
  return process.getuid?.() === 0 && isOnPath('apt-get')
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Installs Debian's redis-server without starting Debian's service of it. */
export async function installRedis(): Promise<void> {
  const allowServices = forbidServices()
  try {
    await aptGet(['update', '-q'])
    await aptGet(['install', '-q', '-y', '--no-install-recommends', 'redis-server'])
  } catch (error) {
    throw new MissingRedisError(`apt-get could not install redis-server: ${lastLine(error)}`, {
      cause: error,
    })
  } finally {
    allowServices()
  }
}

async function aptGet(args: string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['-o', `DPkg::Lock::Timeout=${LOCK_TIMEOUT_SECONDS}`, ...args], {
    env,
    timeout: INSTALL_TIMEOUT_MS,
  })
}

/** Debian asks this script before it starts a service; 101 means no. One that the machine's owner put there stays. */
function forbidServices(): () => void {
  try {
    writeFileSync(POLICY_FILE, '#!/bin/sh\nexit 101\n', { mode: 0o755, flag: 'wx' })
  } catch {
    return () => undefined
  }
  return () => rmSync(POLICY_FILE, { force: true })
}

function lastLine(error: unknown): string {
  const text =
    error instanceof Error && 'stderr' in error && typeof error.stderr === 'string'
      ? error.stderr
      : String(error)
  return text.trim().split('\n').at(-1) ?? ''
}
