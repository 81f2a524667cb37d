import { pushJobs } from '../three-hops/push-jobs.ts'
import { orderEvent, type Place } from './order-event.ts'
import { pushOverHttp, type Post } from './push-http.ts'
import { pushToStreams } from './push-stream.ts'

// The shops, in a process of their own: makes the events and pushes them as fast as they are taken.

/** What to push: an event to each of `chats` chats of each shop, and so many rounds of that. */
export interface Push {
  run: string
  shops: { slug: string; apiKey: string }[]
  chats: number
  firstRound: number
  rounds: number
  way:
    | { name: 'stream'; redisUrl: string }
    /** Events of one request, and requests at the same time. */
    | { name: 'http'; url: string; batch: number; connections: number }
    /** As jobs of BullMQ, for the peer. */
    | { name: 'jobs'; redisUrl: string; queue: string }
}

export interface Pushed {
  /** Milliseconds since 1970. */
  firstAtMs: number
  lastAtMs: number
  /** How often ingest asked to come again later. */
  refusals: number
}

function* placesOf({ chats, firstRound, rounds, shops }: Push): Generator<Place> {
  for (let round = firstRound; round < firstRound + rounds; round++)
    for (let chat = 1; chat <= chats; chat++)
      for (let shop = 0; shop < shops.length; shop++) yield { shop, chat, round }
}

async function push(plan: Push): Promise<Pushed> {
  const firstAtMs = Date.now()
  const refusals = await pushAll(plan)
  return { firstAtMs, lastAtMs: Date.now(), refusals }
}

async function pushAll(plan: Push): Promise<number> {
  const { way } = plan
  switch (way.name) {
    case 'stream':
      await pushToStreams(way.redisUrl, entriesOf(plan))
      return 0
    case 'http': {
      const connections = Math.min(way.connections, plan.shops.length)
      const lists = Array.from({ length: connections }, (_, first) =>
        postsOf(plan, { batch: way.batch, first, step: connections }),
      )
      return await pushOverHttp(way.url, lists)
    }
    case 'jobs':
      await pushJobs(way, entriesOf(plan))
      return 0
  }
}

function* entriesOf(plan: Push): Generator<{ slug: string; event: string }> {
  for (const place of placesOf(plan))
    yield { slug: plan.shops[place.shop]?.slug ?? '', event: orderEvent(plan.run, place) }
}

/** Of every `step`-th shop, batch by batch and in turn. */
function* postsOf(plan: Push, part: { batch: number; first: number; step: number }): Generator<Post> {
  const { chats, firstRound, rounds, shops, run } = plan
  for (let from = 0; from < chats * rounds; from += part.batch) {
    for (let shop = part.first; shop < shops.length; shop += part.step) {
      const events: string[] = []
      for (let index = from; index < Math.min(from + part.batch, chats * rounds); index++)
        events.push(
          orderEvent(run, { shop, chat: (index % chats) + 1, round: firstRound + Math.floor(index / chats) }),
        )
      const [only = ''] = events
      yield { apiKey: shops[shop]?.apiKey ?? '', body: part.batch === 1 ? only : `[${events.join()}]` }
    }
  }
}

process.on('message', (plan: Push) => {
  push(plan).then(
    (pushed) => process.send?.({ pushed }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
