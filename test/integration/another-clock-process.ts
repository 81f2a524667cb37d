import { syncBuiltinESMExports } from 'node:module'
import os from 'node:os'

// For `node --import`: as if the process ran on another machine, whose clock is off by CLOCK_OFFSET_MS.

const offsetMs = Number(process.env['CLOCK_OFFSET_MS'])
const RealDate = Date

class ShiftedDate extends RealDate {
  constructor(...values: []) {
    // Whatever a date can be made of, and the shifted time when it is made of nothing.
    super(...(values.length === 0 ? ([RealDate.now() + offsetMs] as unknown as []) : values))
  }

  static override now(): number {
    return RealDate.now() + offsetMs
  }
}

globalThis.Date = ShiftedDate as DateConstructor
os.hostname = () => `machine-${offsetMs}`
syncBuiltinESMExports()
