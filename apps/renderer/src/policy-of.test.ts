import { DEFAULT_ATTACHMENT_POLICY } from '@postino/domain'
import { createLogger } from '@postino/runtime'
import { expect, test } from 'vitest'
import { createPolicyOf } from './policy-of.ts'

function prepare() {
  const lines: { shop: string; msg: string }[] = []
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) }
  const policyOf = createPolicyOf(createLogger({ name: 'test', level: 'info', destination }))
  return {
    lines,
    read: (attachmentPolicy: unknown, shopId = '1') => policyOf({ id: shopId, attachmentPolicy }),
  }
}

test('a shop’s own table counts, a shop without one has the default', () => {
  const { read, lines } = prepare()
  expect(read(null)).toEqual(DEFAULT_ATTACHMENT_POLICY)
  expect(read({ dwg: 5 })).toEqual({ dwg: 5 })
  expect(read({})).toEqual({})
  expect(lines).toEqual([])
})

test('a table that does not hold is told once, and the default stands in for it', () => {
  const { read, lines } = prepare()
  for (const broken of [{ pdf: 'big' }, 'pdf', [], 7]) {
    expect(read(broken)).toEqual(DEFAULT_ATTACHMENT_POLICY)
    expect(read(broken)).toEqual(DEFAULT_ATTACHMENT_POLICY)
  }
  read({ pdf: 'big' }, '2')
  expect(lines.map(({ shop, msg }) => `${shop} ${msg}`)).toEqual(
    ['1', '1', '1', '1', '2'].map((shop) => `${shop} shop.attachment_policy_broken`),
  )
})
