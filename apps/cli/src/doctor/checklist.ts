import { styleText } from 'node:util'
import { describeFailure } from '../failures/describe-failure.ts'
import type { Say } from '../surroundings.ts'

/** What was looked at, a line each. */
export interface Checklist {
  /** `look` answers what is worth knowing, or throws what is wrong, with the way to mend it. True when all is well. */
  check(name: string, look: () => Promise<string>): Promise<boolean>
  /** Something that was not looked at, and why. */
  note(text: string): void
  wrongCount(): number
}

export function createChecklist(say: Say): Checklist {
  let wrong = 0
  return {
    async check(name, look) {
      try {
        say(`${styleText('green', '✓')} ${name}: ${await look()}`)
        return true
      } catch (error) {
        wrong++
        say(`${styleText('red', '✗')} ${name}: ${describeFailure(error)}`)
        return false
      }
    },
    note: (text) => say(`· ${text}`),
    wrongCount: () => wrong,
  }
}
