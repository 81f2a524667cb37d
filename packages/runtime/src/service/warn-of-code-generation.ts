import type { Logger } from '../log/create-logger.ts'

const FLAG = '--disallow-code-generation-from-strings'

/**
 * Logs a warning when this process would still make code of a text (`eval`, `new Function`). Nothing of ours does; should a
 * package ever be talked into it by what a shop or a person wrote, node started with the flag refuses.
 */
export function warnOfCodeGeneration(logger: Pick<Logger, 'warn'>): void {
  if (makesCodeOfTexts()) logger.warn({ flag: FLAG }, 'code_generation.allowed')
}

function makesCodeOfTexts(): boolean {
  try {
    // There is no other way to ask.
    Reflect.construct(Function, [''])
    return true
  } catch {
    return false
  }
}
