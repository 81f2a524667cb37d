import { KeyringError } from '@postino/database'
import { FolderInUseError, MissingRedisError, PortInUseError, ServerStartError } from '@postino/embedded'
import { InvalidSettingsError, scrub } from '@postino/runtime'
import { UnusableFolder } from '@postino/template-files'
import { CommandFailure } from './command-failure.ts'

const MENDABLE = [
  CommandFailure,
  FolderInUseError,
  KeyringError,
  MissingRedisError,
  PortInUseError,
  ServerStartError,
  UnusableFolder,
]

/** What is printed of an error, without secrets: what a person can mend in a line, our own mistakes in full. */
export function describeFailure(error: unknown): string {
  if (error instanceof InvalidSettingsError) return describeSettings(error)
  if (!(error instanceof Error)) return `a mistake of Postino: ${scrub(String(error))}`
  const isMendable = MENDABLE.some((kind) => error instanceof kind) || isOfSystem(error)
  return scrub(isMendable ? error.message : `a mistake of Postino: ${error.stack ?? error.message}`)
}

function describeSettings({ problems }: InvalidSettingsError): string {
  if (problems.length === 1) return problems[0] ?? ''
  return ['the settings are wrong:', ...problems.map((problem) => `  ${problem}`)].join('\n')
}

/** No permission, no space, no such folder: the message of node names the file. */
function isOfSystem(error: Error): boolean {
  return 'syscall' in error && 'code' in error
}
