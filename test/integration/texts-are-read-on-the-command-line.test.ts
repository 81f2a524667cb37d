import { expect, test } from 'vitest'
import { openTextsOnTheCommandLine } from './texts-on-the-command-line.ts'

const { ok, fails, type, publishElsewhere, draftElsewhere } = await openTextsOnTheCommandLine()
const CART = { kind: 'cart.abandoned', state: '', locale: 'it' } as const
const NAME = 'bottega cart.abandoned --locale it'

test('[PASS-19] template list tells every text with what is in force and what is being written', async () => {
  await draftElsewhere(CART, 'Ciao')
  const list = await ok('template list bottega --locale it')
  expect(list).toMatch(/^activity\.acknowledged +default +it +published 1$/m)
  expect(list).toMatch(/^cart\.abandoned +default +it +published 1 +draft 2$/m)
  expect(list).toMatch(/^order\.status_changed +shipped +it +published 1$/m)
  expect(list).not.toMatch(/ uk /)
  expect(
    JSON.parse(await ok('template list bottega --kind cart.abandoned --locale it --json')),
  ).toMatchObject([{ ...CART, revision: 2, draft: { version: 2 }, published: { version: 1 } }])
  expect((await type('template list bottega --locale sv')).err).toBe('No template is like that.')
})

test('[PASS-19] template show, history and diff tell what was said, when and by whom', async () => {
  const shown = await ok(`template show ${NAME}`)
  expect(shown).toMatch(/^# cart\.abandoned it, version 1, in force since \d{4}-.*\ntext: \|-?\n {2}🛒/)
  expect(await ok(`template show ${NAME} --draft`)).toMatch(/version 2, a draft of .*\ntext: \|-\n {2}Ciao$/s)
  expect(await ok(`template show ${NAME} --at 2`)).toContain('Ciao')
  expect(JSON.parse(await ok(`template show ${NAME} --draft --json`))).toMatchObject({
    version: 2,
    content: { text: 'Ciao' },
  })

  const diff = await ok(`template diff ${NAME}`)
  expect(diff).toMatch(/^--- version 1\n\+\+\+ version 2\n text: \|-\n-.*🛒/)
  expect(diff).toMatch(/^\+ {2}Ciao$/m)
  await publishElsewhere(CART, 'Salve')
  expect(await ok(`template diff ${NAME} --from 1 --to 2`)).toMatch(/^\+ {2}Salve$/m)
  expect((await type(`template diff ${NAME} --from 2 --to 2`)).err).toBe('They say the same.')

  const history = (await ok(`template history ${NAME}`)).split('\n')
  expect(history).toEqual([
    expect.stringMatching(/^3 +draft +\d{4}-\S+ +api_key:7Yk2pQ9xLm$/),
    expect.stringMatching(/^2 +published +\d{4}-\S+ +api_key:7Yk2pQ9xLm$/),
    expect.stringMatching(/^1 +retired +\d{4}-\S+$/),
  ])
})

test('what is not there is told in a line, with the way out', async () => {
  expect(await fails('template list nobody')).toBe('postino: there is no shop nobody: see postino shop list')
  expect(await fails('template show bottega cart.abandoned --locale sv')).toBe(
    'postino: bottega has no template cart.abandoned sv: see postino template list bottega',
  )
  expect(await fails(`template show ${NAME} --at 9`)).toContain('has no version 9')
  expect(await fails('template show bottega order.status_changed shipped --draft')).toContain('has no draft')
  expect(await fails('template diff bottega order.status_changed shipped')).toContain('has no two versions')
  expect(await type('template show bottega cart.abandond')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Choose from order.status_changed, cart.abandoned'),
  })
})

test('template fields tells what a text may read, in words of the shop’s language', async () => {
  const fields = await ok('template fields order.status_changed --language it')
  expect(fields).toMatch(/^order\.number +text +always +Il numero dell’ordine/m)
  expect(fields).toMatch(/^order\.items\[\]\.name +text +always/m)
  expect(JSON.parse(await ok('template fields cart.abandoned --json'))).toContainEqual(
    expect.objectContaining({
      path: 'cart.total',
      type: 'money',
      filters: expect.arrayContaining(['money']),
    }),
  )
  expect((await type('template fields order.shipped')).code).toBe(2)
})
