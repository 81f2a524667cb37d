import { startPostgres, startRedis } from '@postino/embedded'

// A process that starts servers of ours, tells where they are, and lives until it is killed or asked to end. After SIGINT it
// still uses them, and stops them then.

const [postgresFolder = '', redisFolder = ''] = process.argv.slice(2)
const redis = await startRedis(redisFolder === '' ? {} : { folder: redisFolder })
const postgres = await startPostgres(postgresFolder === '' ? {} : { folder: postgresFolder })

process.once('SIGINT', () => void end())
// Keeps the process alive: the servers do not.
const timer = setInterval(() => undefined, 60_000)
tell({ postgresUrl: await postgres.createDatabase('kept'), redisUrl: redis.url })

async function end(): Promise<void> {
  await postgres.createDatabase('made_after_the_signal')
  await redis.stop()
  await postgres.stop()
  clearInterval(timer)
  tell({ ended: true })
}

function tell(fields: object): void {
  console.log(JSON.stringify(fields))
}
