import { spawn } from 'node:child_process'

/**
 * Ends a server when this process is gone, however it ended: by SIGKILL, by process.exit, by a crash.
 *
 * A shell, in a session of its own, waits on a pipe from us. A closed pipe without a word means that we are gone: it asks the
 * server to end, insists after a while, and removes the folder when that was a throw-away one. What remains uncovered: the few
 * microseconds between the start of the server and our telling its number, and somebody who kills the shell as well.
 */
export interface Watchdog {
  /** Tells the number of the server to end. */
  watch(pid: number): void
  /** The server has ended in another way: nothing left to do. */
  dismiss(): void
}

const SCRIPT = `
read -r pid || exit 0
read -r word && exit 0
kill -s "$1" "$pid" 2>/dev/null
tenths=0
while kill -0 "$pid" 2>/dev/null && [ $tenths -lt 200 ]; do
  # Where nobody collects the dead, as in many containers, an ended server keeps its number.
  grep -q '^State:.Z' "/proc/$pid/status" 2>/dev/null && break
  sleep 0.1
  tenths=$((tenths + 1))
done
kill -KILL "$pid" 2>/dev/null
[ -z "$2" ] || rm -rf -- "$2"
`

export function startWatchdog(options: { signal: 'INT' | 'TERM'; throwAwayFolder?: string }): Watchdog {
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'sh', options.signal, options.throwAwayFolder ?? ''], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  })
  // A watchdog that is gone must not take us with it: writing to it is then an error nobody waits for.
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  // The pipe is a socket, which can be unreferenced, though its type does not say so.
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref()
  return {
    watch: (pid) => shell.stdin.write(`${pid}\n`),
    dismiss: () => shell.stdin.end('done\n'),
  }
}
