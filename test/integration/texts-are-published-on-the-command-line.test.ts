import { findTemplate } from '@postino/database'
import { expect, test } from 'vitest'
import { openTextsOnTheCommandLine } from './texts-on-the-command-line.ts'

const { db, shopId, ok, fails, type, draftElsewhere } = await openTextsOnTheCommandLine()
const DUE = { kind: 'activity.due', state: '', locale: 'it' } as const
const NAME = 'bottega activity.due --locale it'

async function inForce(): Promise<string | undefined> {
  return (await findTemplate(db, shopId, DUE))?.published?.content.text
}

test('[PASS-20] a draft is put in force by one command, at once and without anybody’s approval', async () => {
  expect(await fails(`template publish ${NAME}`)).toBe(
    'postino: activity.due it has no draft: write one with postino template push',
  )
  await draftElsewhere(DUE, 'Ricorda: {{ activity.title }}')
  expect(await ok(`template publish ${NAME}`)).toBe(
    'activity.due it is in force now. The way back: postino template rollback',
  )
  expect(await inForce()).toBe('Ricorda: {{ activity.title }}')
})

test('[PASS-20] a text with errors is not put in force, and the place is told', async () => {
  const before = await inForce()
  await draftElsewhere(DUE, 'Ricorda:\n{{ activity.titel }}')
  expect(await fails(`template publish ${NAME}`)).toMatch(
    /^error in text, line 2: .*Did you mean `activity\.title`\?\npostino: activity\.due it has errors, so nothing was changed/,
  )
  expect(await inForce()).toBe(before)
})

test('[PASS-19] an earlier version is put in force again, as a version of its own, and a text is taken out of force', async () => {
  expect(await ok(`template rollback ${NAME} --to 1 --note oops`)).toBe(
    'activity.due it says again what it said in version 1.',
  )
  expect(await ok(`template history ${NAME}`)).toMatch(
    /^4 +draft .*\n3 +published +\S+ +command_line +as version 1 +oops\n2 +retired .*\n1 +retired/,
  )
  expect(await fails(`template rollback ${NAME} --to 9`)).toMatch(/has no such version that was in force/)
  expect(await fails(`template rollback ${NAME} --to 4`)).toMatch(/has no such version that was in force/)
  expect((await type(`template rollback ${NAME}`)).code).toBe(2)
  expect(await ok(`template unpublish ${NAME}`)).toMatch(/^activity\.due it is out of force\./)
  expect(await inForce()).toBeUndefined()
  expect(await ok('template list bottega --kind activity.due')).toMatch(/not published +draft 4 \(1 error\)$/)
})

test('every command of texts says in its help what it takes, with an example', async () => {
  const names = (await ok('template --help')).matchAll(/^ {2}([a-z]+) .*</gm)
  const commands = [...names].map(([, name]) => name)
  expect(commands).toEqual(expect.arrayContaining(['list', 'check', 'pull', 'push', 'publish', 'test']))
  for (const name of [...commands, 'starters'])
    expect(await ok(`template ${name} --help`)).toMatch(
      new RegExp(`Example:\\n {2}postino template ${name} `),
    )
})
