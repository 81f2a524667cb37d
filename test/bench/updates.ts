import type { Bench, BenchRow } from './bench.ts'
import { openStage } from './stage/stage.ts'
import { measureOptIns } from './updates/measure-opt-ins.ts'
import { measureStop } from './updates/measure-stop.ts'
import { measureThroughput } from './updates/measure-throughput.ts'

/** What people do with bots: how many updates one process takes, how soon people are answered, how soon STOP stops. */
export const updates: Bench = async ({ say, isQuick, hasPeers }) => {
  await using stage = await openStage()
  const rows: BenchRow[] = []
  say('People opt in, look at their choices and leave, as fast as one process takes it …')
  rows.push(...(await measureThroughput(stage, { isQuick, hasPeers })))
  say('100 updates a second, through Telegram: from START to the question, from a tap to its answer …')
  rows.push(...(await measureOptIns(stage, { seconds: isQuick ? 5 : 30 })))
  say('STOP while 1,000 messages wait for that chat …')
  rows.push(await measureStop(stage))
  return rows
}
