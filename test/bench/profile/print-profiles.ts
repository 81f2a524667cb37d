import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { readMeasured } from './measured-stretch.ts'
import { readProfile } from './read-profile.ts'

const SHOWN = 25

/** For each `.cpuprofile`, or all of a folder: the dearest functions and files by the time spent in themselves. */
export function printProfiles(paths: string[], say: (line: string) => void): void {
  for (const file of paths.flatMap(listProfiles)) {
    const { busyUs, functions, files } = readProfile(file, readMeasured(dirname(file)))
    say(`${basename(file)}: busy for ${(busyUs / 1e6).toFixed(1)} s`)
    for (const [title, list] of [
      ['functions', functions],
      ['files', files],
    ] as const) {
      say(`  ${title}`)
      for (const [name, us] of list.slice(0, SHOWN))
        say(`  ${((us / busyUs) * 100).toFixed(1).padStart(5)} %  ${name}`)
    }
  }
}

function listProfiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => name.endsWith('.cpuprofile'))
    .map((name) => join(path, name))
}
