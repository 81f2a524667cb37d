import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { InvalidSettingsError, readSettings, type Environment } from './read-settings.ts'
import { defineSettings, setting, type Settings } from './setting.ts'

const settings = defineSettings({
  databaseUrl: setting('DATABASE_URL', z.url(), {
    secret: true,
    doc: 'Postgres, like postgres://user@host/db.',
  }),
  poolMax: setting('POOL_MAX', z.coerce.number().int().min(1).max(100).default(10), { doc: 'Connections.' }),
  publicUrl: setting('PUBLIC_URL', z.url().optional(), { doc: 'Where Telegram reaches us.' }),
})

const URL_TEXT = 'postgres://postino:hunter2@db/postino'

function problemsOf(environment: Environment, described: Settings = settings): readonly string[] {
  try {
    readSettings(described, environment)
  } catch (error) {
    if (error instanceof InvalidSettingsError) return error.problems
    throw error
  }
  return []
}

function writeSecret(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'postino-settings-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'secret')
  writeFileSync(file, text)
  return file
}

test('values come out typed, defaults and absent ones too', () => {
  const config = readSettings(settings, { DATABASE_URL: URL_TEXT, POOL_MAX: '5', OTHER: 'x' })
  expect(config).toEqual({ databaseUrl: URL_TEXT, poolMax: 5, publicUrl: undefined })
})

test.each(['', ' ', '\n'])('a variable set to %j is absent', (empty) => {
  expect(readSettings(settings, { DATABASE_URL: URL_TEXT, POOL_MAX: empty, PUBLIC_URL: empty }).poolMax).toBe(
    10,
  )
  expect(problemsOf({ DATABASE_URL: empty })).toEqual([
    'DATABASE_URL is missing. Set it, or DATABASE_URL_FILE to a file that holds it: Postgres, like postgres://user@host/db.',
  ])
})

test('all problems are told, each in one line with the variable, what is wrong, and the way out', () => {
  expect(problemsOf({ DATABASE_URL: 'hunter2', POOL_MAX: '1000', PUBLIC_URL: 'a\nb' })).toEqual([
    'DATABASE_URL is wrong: Invalid URL. Change it, or DATABASE_URL_FILE to a file that holds it: Postgres, like postgres://user@host/db.',
    'POOL_MAX is wrong: Too big: expected number to be <=100 (it is "1000"). Change it, or leave it out for 10: Connections.',
    String.raw`PUBLIC_URL is wrong: Invalid URL (it is "a\nb"). Change it, or leave it out: Where Telegram reaches us.`,
  ])
})

test('a secret is not told even when the schema’s own message repeats it, nor one put into the wrong variable', () => {
  const telling = defineSettings({
    keys: setting(
      'KEYS',
      z.string().refine(() => false, { error: (issue) => `cannot use ${String(issue.input)}` }),
      {
        secret: true,
        doc: 'Keys.',
      },
    ),
    poolMax: setting('POOL_MAX', z.coerce.number(), { doc: 'Connections.' }),
  })
  const problems = problemsOf(
    { KEYS: 'hunter2hunter2', POOL_MAX: '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw' },
    telling,
  )
  expect(problems).toHaveLength(2)
  expect(problems.join()).not.toMatch(/hunter2|AAHdq/)
  expect(problems[0]).toMatch(/^KEYS is wrong: it does not have the right form\./)
})

test('a secret may come from a file, without the newline at its end', () => {
  const file = writeSecret(`${URL_TEXT}\n`)
  expect(readSettings(settings, { DATABASE_URL_FILE: file }).databaseUrl).toBe(URL_TEXT)
  expect(readSettings(settings, { DATABASE_URL_FILE: file, DATABASE_URL: '' }).databaseUrl).toBe(URL_TEXT)
})

test('variable and file together are a problem, as is a file that cannot be read, or is empty', () => {
  const file = writeSecret(URL_TEXT)
  expect(problemsOf({ DATABASE_URL: URL_TEXT, DATABASE_URL_FILE: file })).toEqual([
    'DATABASE_URL and DATABASE_URL_FILE are both set. Remove one of them.',
  ])
  expect(problemsOf({ DATABASE_URL_FILE: '/nowhere/secret' })).toEqual([
    'DATABASE_URL_FILE names /nowhere/secret, which cannot be read (ENOENT). Put the file there, or set DATABASE_URL.',
  ])
  expect(problemsOf({ DATABASE_URL_FILE: writeSecret('\n') })).toEqual([
    expect.stringMatching(/^DATABASE_URL is missing\./),
  ])
})

test('only a secret has a file: what is none is not read from one', () => {
  expect(readSettings(settings, { DATABASE_URL: URL_TEXT, POOL_MAX_FILE: '/nowhere' }).poolMax).toBe(10)
})

test('two settings with one variable are found when they are defined', () => {
  const one = setting('ONE', z.string(), { doc: 'One.', secret: true })
  expect(() => defineSettings({ a: one, b: one })).toThrow('two settings are called ONE')
  expect(() => defineSettings({ a: one, b: setting('ONE_FILE', z.string(), { doc: 'File.' }) })).toThrow(
    'ONE_FILE',
  )
})
