import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createVitest, parseCLI } from 'vitest/node'
import { endLeftovers } from './support/end-leftovers.ts'
import { watchProcesses, type ProcessWatch } from './support/process-watch.ts'
import { createRunReporter } from './support/run-reporter.ts'

// `pnpm test` runs the checks and all tests; `pnpm test <part of a path>`, or with other arguments of vitest, those tests only.
// The last line is `N passed, N failed`. What fails outside a test counts too: a check, a tear-down, a process left behind.

const INTERRUPTED_EXIT_CODE = 130

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const interruption = new AbortController()
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
for (const signal of SIGNALS) process.on(signal, interrupt)

const args = process.argv.slice(2)
let failed = 0
if (args.length === 0 && !(await runCheck())) fail('pnpm check failed, see above')
const watch = watchProcesses()
const counts = await runTests(args, watch)
for (const { pid, command } of await endLeftovers(watch))
  fail(`left behind: process ${pid}, ${oneLine(command)}`)
failed += counts.failed
// Once more where it is seen first.
for (const title of counts.secondTries) console.log(`~ passed at its second try only: ${title}`)
for (const failure of counts.failures) console.log(`✗ ${failure}`)
if (counts.passed + failed === 0) fail('no test ran')

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''
console.log(`${counts.passed} passed, ${failed} failed${skipped}`)
process.exit(interruption.signal.aborted ? INTERRUPTED_EXIT_CODE : Math.min(failed, 1))

function fail(reason: string): void {
  console.log(reason)
  failed++
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 200)
}

function interrupt(): void {
  // Asked twice: leave at once. The servers we started notice it and end by themselves.
  if (interruption.signal.aborted) process.exit(INTERRUPTED_EXIT_CODE)
  console.log('interrupted: the tests under way end first; once more ends at once')
  interruption.abort()
}

/** vitest leaves the process on a signal, without tearing down. */
function handleSignalsAlone(): void {
  for (const signal of SIGNALS) {
    for (const listener of process.listeners(signal)) {
      if (listener !== interrupt) process.off(signal, listener)
    }
  }
}

/** pnpm puts itself and the workspace's tools on the PATH of its scripts. */
async function runCheck(): Promise<boolean> {
  const check = spawn('pnpm', ['run', 'check'], { stdio: ['ignore', 'inherit', 'inherit'] })
  const [code] = await once(check, 'exit')
  return code === 0
}

async function runTests(argv: string[], processes: ProcessWatch) {
  const reporter = createRunReporter({ onFileEnd: () => processes.sample() })
  const outcome = () => ({
    ...reporter.counts(),
    failures: reporter.failures(),
    secondTries: reporter.secondTries(),
  })
  if (interruption.signal.aborted) return outcome()
  const { filter, options } = parseCLI(['vitest', 'run', ...argv])
  const vitest = await createVitest({ ...options, watch: false, reporters: [reporter] })
  handleSignalsAlone()
  interruption.signal.addEventListener('abort', () => void vitest.cancelCurrentRun('keyboard-input'))
  try {
    await vitest.start(filter)
  } catch (error) {
    vitest.logger.printError(error)
    fail('the tests could not be run, see above')
  }
  // vitest tells of a tear-down that failed by nothing else.
  process.exitCode = 0
  await vitest.close()
  if (process.exitCode !== 0) fail('tearing down failed, see above')
  return outcome()
}
