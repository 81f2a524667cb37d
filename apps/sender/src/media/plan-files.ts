import type { Claim, TelegramFile, TelegramFileKey } from '@postino/database'
import type { Logger } from '@postino/runtime'
import { fileKeyOf, textOfKey } from './file-key.ts'
import type { PlannedFile } from './planned-file.ts'

/** A claim whose message has files, with what is known of them. */
export type PlannedClaim = Claim & { files?: PlannedFile[] }

export interface PlanFilesDependencies {
  /** In one statement, whatever the number of files and bots. */
  findFiles: (keys: TelegramFileKey[]) => Promise<TelegramFile[]>
  logger: Logger
}

/** Adds to claims what their bots know about the files in them. Claims without files cost nothing. */
export function createPlanFiles({ findFiles, logger }: PlanFilesDependencies) {
  return async function planFiles(claims: Claim[]): Promise<PlannedClaim[]> {
    if (!claims.some((claim) => mediaOf(claim).length > 0)) return claims
    const knownAtMs = Date.now()
    const planned = claims.map((claim): PlannedClaim => {
      const files = mediaOf(claim).map((file) => ({
        file,
        key: fileKeyOf(claim, file),
        known: {},
        knownAtMs,
      }))
      return files.length === 0 ? claim : { ...claim, files }
    })
    const files = planned.flatMap((claim) => claim.files ?? [])
    const known = await find(files.map(({ key }) => key))
    for (const each of files) each.known = known.get(textOfKey(each.key)) ?? {}
    return planned
  }

  /** These messages are claimed: thrown away, their outcome would be unknown. With nothing known they go their usual way. */
  async function find(keys: TelegramFileKey[]): Promise<Map<string, TelegramFile>> {
    try {
      return new Map((await findFiles(keys)).map((file) => [textOfKey(file), file]))
    } catch (error) {
      logger.warn({ err: error, files: keys.length }, 'files.not_looked_up')
      return new Map()
    }
  }
}

function mediaOf(claim: Claim) {
  return claim.status === 'sending' ? (claim.content.media ?? []) : []
}
