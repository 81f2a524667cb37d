import { fieldsOf, EVENT_KINDS } from '@postino/domain'
import { expect, test } from 'vitest'
import { FILTERS } from '../../filters/all-filters.ts'
import { FILTER_TYPES } from './filter-types.ts'

test('of every filter it is known what it takes', () => {
  expect([...FILTER_TYPES.keys(), 'default'].toSorted()).toEqual([...FILTERS.keys(), 'link'].toSorted())
})

test('the filters the domain offers for a field take it', () => {
  for (const { path, type, filters } of EVENT_KINDS.flatMap((kind) => fieldsOf(kind))) {
    for (const filter of filters.filter((name) => name !== 'default')) {
      const { takes = [], mayTake = [] } = FILTER_TYPES.get(filter) ?? {}
      expect(type === 'anything' || [...takes, ...mayTake].includes(type), `${path} | ${filter}`).toBe(true)
    }
  }
})
