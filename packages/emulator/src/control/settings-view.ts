import type { Settings, SettingsChange } from '../settings.ts'
import { ActError } from '../world/act-error.ts'
import { DEFAULT_SETTINGS } from '../settings.ts'
import { asFields } from './fields.ts'
import type { Fields } from './fields.ts'

/** The settings with their names in the control API's spelling, `flood` inside. */
export function viewSettings(settings: Settings): Fields {
  return renameKeys(asFields(settings, 'settings'), snakeCase)
}

/** Reads a part of the settings; a name or a type that does not fit is an ActError. */
export function parseSettingsChange(fields: Fields): SettingsChange {
  const change = renameKeys(fields, camelCase)
  checkShape(change, asFields(DEFAULT_SETTINGS, 'settings'), '')
  return change
}

function renameKeys(fields: Fields, rename: (name: string) => string): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const isNested = typeof value === 'object' && value !== null
      return [rename(name), isNested ? renameKeys(asFields(value, name), rename) : value]
    }),
  )
}

/** Every setting has a default, which tells what a new value may look like. */
function checkShape(change: Fields, model: Fields, path: string): void {
  for (const [name, value] of Object.entries(change)) {
    const expected = model[name]
    const place = `${path}${snakeCase(name)}`
    if (expected === undefined) throw new ActError(400, `there is no setting ${place}`)
    if (typeof value !== typeof expected)
      throw new ActError(400, `the setting ${place} is a ${typeof expected}`)
    if (typeof expected === 'number' && (typeof value !== 'number' || value < 0)) {
      throw new ActError(400, `the setting ${place} is not negative`)
    }
    if (typeof expected === 'object' && expected !== null) {
      checkShape(asFields(value, place), asFields(expected, place), `${place}.`)
    }
  }
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase())
}
