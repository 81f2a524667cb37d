import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { readEnvironment, readSettings, type Config, type Settings } from '@postino/runtime'
import { CommandFailure } from './failures/command-failure.ts'

export type Say = (line: string) => void

/** What a command has of the world around it. */
export interface Surroundings {
  /** To standard output: what was asked for. */
  say: Say
  /** To standard error: what a person should know beside. */
  warn: Say
  input: NodeJS.ReadStream
  read: ReadSettings
}

/** @throws InvalidSettingsError with all problems */
export type ReadSettings = <S extends Settings>(settings: S) => Config<S>

/** In a data folder while `postino up` runs there: what the other commands need to work with it. */
export const LOCAL_SETTINGS_FILE = 'settings.env'

/** From the environment; or, with a data folder, from what `postino up` runs there, and from nothing else. */
export function createReadSettings(localFolder: () => string | undefined): ReadSettings {
  return (settings) => {
    const folder = localFolder()
    if (folder === undefined) return readEnvironment(settings)
    return readSettings(settings, parseEnv(readLocal(folder)))
  }
}

function readLocal(folder: string): string {
  try {
    return readFileSync(join(folder, LOCAL_SETTINGS_FILE), 'utf8')
  } catch (error) {
    throw new CommandFailure(`no postino up runs in ${folder}: start it, or leave out --local`, {
      cause: error,
    })
  }
}
