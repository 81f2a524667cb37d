import { expect, test } from 'vitest'
import { nameResource } from './name-resource.ts'

// In its own function, as `use` is: the name tells who called that.
function use(resource: object): string {
  return nameResource(resource)
}

test('a resource without a name is called after its kind and the line that handed it over', () => {
  expect(use(new Map())).toMatch(/^Map of name-resource\.test\.ts:\d+$/)
  expect(use({})).toMatch(/^resource of name-resource\.test\.ts:\d+$/)
  expect(use(Object.create(null) as object)).toMatch(/^resource of /)
})
