import { ActError } from './act-error.ts'
import type { Changes } from './changes.ts'
import { takeId, takeUsername } from './new-id.ts'
import type { Person } from './user.ts'
import { addPerson, renameAccount } from './world.ts'
import type { World } from './world.ts'

export interface NewPerson {
  readonly id?: number | undefined
  readonly first_name?: string | undefined
  readonly last_name?: string | undefined
  readonly username?: string | undefined
  readonly language_code?: string | undefined
  readonly phone_number?: string | undefined
}

export interface PersonAccounts {
  add(person: NewPerson): Person
  change(person: Person, change: Omit<NewPerson, 'id'>): Person
  /** The person deletes the account. */
  deactivate(person: Person): Person
}

const FIRST_ID = 501

export function createPersonAccounts(dependencies: { world: World; changes: Changes }): PersonAccounts {
  const { world, changes } = dependencies

  function announce(person: Person): Person {
    changes.emit({ kind: 'person', person })
    return person
  }

  return {
    add(person) {
      const id = takeId(world, FIRST_ID, person.id)
      const added: Person = {
        kind: 'person',
        id,
        firstName: person.first_name ?? `Person ${id}`,
        lastName: person.last_name ?? '',
        username: takeUsername(world, person.username ?? ''),
        languageCode: person.language_code ?? 'en',
        phoneNumber: person.phone_number ?? `+39000${String(id).padStart(7, '0')}`,
        deactivated: false,
      }
      addPerson(world, added)
      return announce(added)
    },
    change(person, change) {
      if (change.username !== undefined)
        renameAccount(world, person, takeUsername(world, change.username, person))
      person.firstName = change.first_name ?? person.firstName
      person.lastName = change.last_name ?? person.lastName
      person.languageCode = change.language_code ?? person.languageCode
      person.phoneNumber = change.phone_number ?? person.phoneNumber
      return announce(person)
    },
    deactivate(person) {
      person.deactivated = true
      return announce(person)
    },
  }
}

export function getPerson(world: World, id: number): Person {
  const person = world.people.get(id)
  if (person === undefined) throw new ActError(404, `there is no person ${id}`)
  return person
}
