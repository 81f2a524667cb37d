import assert from 'node:assert/strict'

/** All readers of a shop's stream are one group: each entry is for one of them. */
export const INTAKE_GROUP = 'postino'

/** Where a shop puts its events, one XADD an event. Of a shop's own, so that its user can be held to it. */
export function intakeKey(slug: string): string {
  return `postino:intake:${checkSlug(slug)}`
}

/** Where it finds those that were not taken, the newest ones. */
export function rejectedKey(slug: string): string {
  return `postino:rejected:${checkSlug(slug)}`
}

/** Who reads which lane. No slug can lead to the same name. */
export const LANES_KEY = 'postino:intake-lanes'

function checkSlug(slug: string): string {
  assert(/^[a-z0-9-]+$/.test(slug), 'a slug has letters, digits and hyphens')
  return slug
}
