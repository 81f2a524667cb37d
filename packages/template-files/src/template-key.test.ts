import { stateSchema } from '@postino/domain'
import * as fc from 'fast-check'
import { posix, win32 } from 'node:path'
import { expect, test } from 'vitest'
import { pathOfTemplate, readTemplatePath, type TemplateKey } from './template-key.ts'

const kind = 'order.status_changed' as const

test.each<[string, string]>([
  ['', 'default.it.yaml'],
  ['shipped', 'shipped.it.yaml'],
  ['out_for_delivery', 'out_for_delivery.it.yaml'],
  ['в_дорозі', 'в_дорозі.it.yaml'],
  ['default', '%64efault.it.yaml'],
  ['Shipped', '%53hipped.it.yaml'],
  ['In transit', '%49n%20transit.it.yaml'],
  ['..', '%2e%2e.it.yaml'],
  ['../../etc/passwd', '%2e%2e%2f%2e%2e%2fetc%2fpasswd.it.yaml'],
  ['c:\\x', 'c%3a%5cx.it.yaml'],
  ['con', '%63on.it.yaml'],
  ['50%', '50%25.it.yaml'],
  ['straße', 'stra%c3%9fe.it.yaml'],
])('the state %j is kept as %s', (state, name) => {
  const path = pathOfTemplate({ kind, state, locale: 'it' })
  expect(path).toBe(`${kind}/${name}`)
  expect(readTemplatePath(path)).toEqual({ status: 'read', key: { kind, state, locale: 'it' } })
})

const state = fc
  .oneof(
    fc.string({
      unit: fc.constantFrom(
        '.',
        '/',
        '\\',
        '%',
        ':',
        'a',
        'A',
        'ß',
        'ſ',
        'ς',
        'σ',
        'ı',
        'İ',
        'é',
        'e',
        '\u0301',
        'ﬁ',
        'Å',
        '~',
        '*',
      ),
    }),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.constantFrom('', 'default', 'nul', 'com1', 'lpt9.x'),
  )
  .filter((text) => text === '' || stateSchema.safeParse(text).success)
const key = fc.record({
  kind: fc.constantFrom('order.status_changed' as const, 'activity.due' as const),
  state,
  locale: fc.constantFrom('it', 'it-IT', 'zh-Hant-TW', 'uk'),
})

/** As the most forgiving of disks compares names. */
function folded(path: string): string {
  return path.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC')
}

test('no state leads out of its folder, and no two templates share a file on any disk', () => {
  fc.assert(
    fc.property(key, key, (left: TemplateKey, right: TemplateKey) => {
      const paths = [left, right].map(pathOfTemplate)
      for (const [index, path] of paths.entries()) {
        expect(posix.normalize(path)).toBe(path)
        expect(win32.normalize(path).split('\\')).toEqual(path.split('/'))
        expect(path.split('/')).toHaveLength(2)
        expect(readTemplatePath(path)).toEqual({ status: 'read', key: [left, right][index] })
        // Some disks give names back in their decomposed form.
        expect(readTemplatePath(path.normalize('NFD'))).toEqual({ status: 'read', key: [left, right][index] })
      }
      const isSame = JSON.stringify(left) === JSON.stringify(right)
      expect(folded(paths[0] ?? '') === folded(paths[1] ?? '')).toBe(isSame)
    }),
    { numRuns: 500 },
  )
})

test.each<[string, RegExp]>([
  ['order.status_change/shipped.it.yaml', /no event kind: choose from order\.status_changed/],
  [`${kind}/Shipped.it.yaml`, /rename it %53hipped\.it\.yaml/],
  [`${kind}/%73hipped.it.yaml`, /rename it shipped\.it\.yaml/],
  [`${kind}/shipped.it-it.yaml`, /rename it shipped\.it-IT\.yaml/],
  [`${kind}/shipped.yaml`, /called by its state, or default, and its language, such as/],
  [`${kind}/shipped.italiano!.yaml`, /called by its state/],
  [`${kind}/shipped.it.yml`, /called by its state/],
  [`${kind}/%00.it.yaml`, /called by its state/],
  [`${kind}/%zz.it.yaml`, /called by its state/],
  ['cart.abandoned/paid.it.yaml', /the state must be left out: cart\.abandoned has no states/],
  ['file.accessed/burnt.it.yaml', /the state must be downloaded or previewed, or left out/],
  [`${kind}/more/shipped.it.yaml`, /called by its state/],
])('%s is refused with the way out', (path, message) => {
  expect(readTemplatePath(path)).toEqual({ status: 'refused', message: expect.stringMatching(message) })
})

test('a state whose name no disk takes is told', () => {
  expect(() => pathOfTemplate({ kind, state: '字'.repeat(64), locale: 'it' })).toThrow(
    'longer than disks take',
  )
})
