import { afterAll, onTestFinished, TestRunner } from 'vitest'

/** Runs `end` when the test that calls this has ended, passed or not; outside a test, when its file has. The last one first. */
export function atEnd(end: () => unknown): void {
  const finish = async () => void (await end())
  if (TestRunner.getCurrentTest() === undefined) afterAll(finish)
  else onTestFinished(finish)
}
