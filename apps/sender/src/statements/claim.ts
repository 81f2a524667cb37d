import type { Claim, ClaimRequest } from '@postino/database'
import { createGather } from '@postino/runtime'

/**
 * Claims messages for a turn. Claims of different bots that come together share a statement; each turn gets what was
 * claimed for itself, also when this process has two of one bot: after Redis lost its locks that is so for a moment.
 */
export function createClaim(
  claimMessages: (requests: ClaimRequest[]) => Promise<Claim[]>,
): (request: ClaimRequest) => Promise<Claim[]> {
  return createGather<ClaimRequest, Claim[]>(
    async (requests) => {
      const ofTurn = Map.groupBy(await claimMessages(requests), turnOf)
      return requests.map((request) => ofTurn.get(turnOf(request)) ?? [])
    },
    { maxItems: 200, flushes: 1, companyMs: 5 },
  )
}

function turnOf({ botId, epoch }: { botId: string; epoch: string }): string {
  return `${botId} ${epoch}`
}
