import { styleText } from 'node:util'
import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node'

interface Counts {
  passed: number
  failed: number
  skipped: number
}

export interface RunReporter extends Reporter {
  counts(): Counts
  /** The titles of what failed, for the end of a log of which only the end may be kept. */
  failures(): string[]
  /** The titles of what passed at its second try only, with why not at the first. */
  secondTries(): string[]
}

/** A line for each file as it ends, the failures in full below it. Errors outside a test count as failed, too. */
export function createRunReporter({ onFileEnd }: { onFileEnd: () => void }): RunReporter {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 }
  const failures: string[] = []
  const secondTries: string[] = []
  let vitest: Vitest | undefined

  function printErrors(title: string, errors: ReadonlyArray<unknown>, testModule?: TestModule): void {
    failures.push(lineOf(testModule?.relativeModuleId, title, errors))
    console.log(styleText('red', `  ✗ ${title}`))
    for (const error of errors) vitest?.logger.printError(error, { project: testModule?.project })
  }

  return {
    counts: () => ({ ...total }),
    failures: () => [...failures],
    secondTries: () => [...secondTries],
    onInit(started) {
      vitest = started
    },
    onTestModuleEnd(testModule) {
      onFileEnd()
      const counts = countTests(testModule)
      const broken = findBroken(testModule)
      total.passed += counts.passed
      total.skipped += counts.skipped
      total.failed += counts.failed + broken.length
      printFile(testModule, { ...counts, failed: counts.failed + broken.length })
      secondTries.push(...[...testModule.children.allTests('passed')].filter(isFlaky).map(titleOf))
      for (const { title, errors } of broken) printErrors(title, errors, testModule)
      for (const test of testModule.children.allTests('failed')) {
        printErrors(test.fullName, test.result().errors ?? [], testModule)
      }
    },
    onTestRunEnd(_modules, unhandledErrors) {
      if (unhandledErrors.length > 0) printErrors('errors outside of any test', unhandledErrors)
      total.failed += unhandledErrors.length
    },
  }
}

function isFlaky(test: TestCase): boolean {
  return test.diagnostic()?.flaky === true
}

function titleOf(test: TestCase): string {
  return lineOf(test.module.relativeModuleId, test.fullName, test.result().errors ?? [])
}

function lineOf(file: string | undefined, title: string, errors: ReadonlyArray<unknown>): string {
  return [file, title, firstLine(errors[0])].filter(Boolean).join(' › ')
}

function firstLine(error: unknown): string {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : (error ?? '')
  return String(message).split('\n', 1)[0] ?? ''
}

function countTests(testModule: TestModule): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
  for (const test of testModule.children.allTests()) counts[outcomeOf(test)]++
  return counts
}

function outcomeOf(test: TestCase): keyof Counts {
  const { state } = test.result()
  // One that never got its turn, because the run was cancelled, did not pass.
  return state === 'pending' ? 'skipped' : state
}

/** The file itself and its groups can fail as well: when loading, or in a hook. */
function findBroken(testModule: TestModule): { title: string; errors: ReadonlyArray<unknown> }[] {
  const suites = [...testModule.children.allSuites()].map((suite) => ({
    title: suite.fullName,
    errors: suite.errors(),
  }))
  const file = { title: `${testModule.relativeModuleId}, outside of its tests`, errors: testModule.errors() }
  return [file, ...suites].filter(({ errors }) => errors.length > 0)
}

function printFile(testModule: TestModule, { passed, failed, skipped }: Counts): void {
  const seconds = (testModule.diagnostic().duration / 1_000).toFixed(1)
  const mark = failed > 0 ? styleText('red', '✗') : styleText('green', '✓')
  const parts = [
    `${passed} passed`,
    ...(failed > 0 ? [styleText('red', `${failed} failed`)] : []),
    ...(skipped > 0 ? [styleText('yellow', `${skipped} skipped`)] : []),
  ]
  console.log(
    `${mark} ${testModule.relativeModuleId} ${styleText('gray', `${parts.join(', ')}, ${seconds} s`)}`,
  )
}
