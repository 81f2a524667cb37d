import { syncBuiltinESMExports } from 'node:module'
import os from 'node:os'

// For `node --import`: as if the process ran on another machine, whose clock is off by CLOCK_OFFSET_MS.

const offsetMs = Number(process.env['CLOCK_OFFSET_MS'])
const RealDate = Date
const now = () => RealDate.now() + offsetMs

globalThis.Date = new Proxy(RealDate, {
  construct: (target, values, newTarget) =>
    Reflect.construct(target, values.length === 0 ? [now()] : values, newTarget),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
})
os.hostname = () => `machine-${offsetMs}`
syncBuiltinESMExports()
