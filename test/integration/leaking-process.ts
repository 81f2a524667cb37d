import { spawn } from 'node:child_process'

// Starts a process that stays when this one ends, and tells its number.
const left = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
console.log(JSON.stringify({ leftPid: left.pid }))
setInterval(() => undefined, 60_000)
