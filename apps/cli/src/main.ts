#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// What node has compiled once it takes from here: every command but the first begins in half the time.
enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/node', import.meta.url)))
const { run } = await import('./run.ts')

// Whoever reads us may have had enough, as `head` has.
process.stdout.on('error', () => undefined)
process.exitCode = await run(process.argv.slice(2), {
  say: (line) => void process.stdout.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`${line}\n`),
  input: process.stdin,
})
