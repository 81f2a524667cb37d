import manifest from '../package.json' with { type: 'json' }

/** All packages carry the same version. */
export const VERSION: string = manifest.version
