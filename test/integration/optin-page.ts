import { saveOptinPage } from '@postino/database'
import { optinPageSchema, type OptinPageSettings } from '@postino/domain'
import type { z } from 'zod'
import { createBotScene, type BotProcess, type BotScene } from './bot-under-test.ts'

/** A shop whose hosted page is served, by a bot that listens. */
export interface PageScene {
  scene: BotScene
  served: BotProcess
  /** The address of the shop's page. */
  url: string
  slug: string
  change: (settings: z.input<typeof optinPageSchema>, options?: { isPublished?: boolean }) => Promise<void>
  /** What a form of the page would send; answers as a browser without scripts sees it. */
  post: (
    path: string,
    fields: Record<string, string | string[]>,
    headers?: Record<string, string>,
  ) => Promise<Seen>
  get: (path: string, headers?: Record<string, string>) => Promise<Seen>
}

export interface Seen {
  status: number
  headers: Headers
  /** The page, without its styles. */
  text: string
  /** Of the link that opens the bot; undefined when the page has none. */
  token: string | undefined
  /** Which page it is, as a form sends it along. */
  version: string
}

export async function openPageScene(
  databaseUrl: string,
  options: { loginIssuer?: string } = {},
): Promise<PageScene> {
  const scene = await createBotScene({ databaseUrl, ...options })
  const served = await scene.serve('webhook')
  const { slug } = await scene.database
    .selectFrom('shops')
    .select('slug')
    .where('id', '=', scene.shopId)
    .executeTakeFirstOrThrow()
  const url = `${served.url}/o/${slug}`
  return {
    scene,
    served,
    url,
    slug,
    async change(settings, { isPublished = true } = {}) {
      const parsed: OptinPageSettings = optinPageSchema.parse(settings)
      await saveOptinPage(scene.database, scene.shopId, { isPublished, settings: parsed })
    },
    async post(path, fields, headers = {}) {
      const body = new URLSearchParams()
      for (const [name, values] of Object.entries(fields))
        for (const value of [values].flat()) body.append(name, value)
      return await see(await fetch(`${url}${path}`, { method: 'POST', body, headers, redirect: 'manual' }))
    },
    get: async (path, headers = {}) =>
      await see(await fetch(`${url}${path}`, { headers, redirect: 'manual' })),
  }
}

async function see(response: Response): Promise<Seen> {
  const text = withoutStyles(await response.text())
  return {
    status: response.status,
    headers: response.headers,
    text,
    token: /https:\/\/t\.me\/\w+\?start=([\w-]+)/.exec(text)?.[1],
    version: /name="version" value="(\w+)"/.exec(text)?.[1] ?? '',
  }
}

export function withoutStyles(page: string): string {
  return page.replace(/<style>.*<\/style>/s, '')
}
