/**
 * What node is told when it starts an app. Those that handle what shops and people write make no code of texts: should a package
 * ever be talked into it, node refuses. Fastify, in ingest and console, makes code of its own schemas.
 */
export function nodeFlagsOf(app: string): string[] {
  return WITHOUT_CODE_GENERATION.has(app) ? ['--disallow-code-generation-from-strings'] : []
}

const WITHOUT_CODE_GENERATION: ReadonlySet<string> = new Set(['renderer', 'sender', 'bot'])
