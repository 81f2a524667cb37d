import type { DownloadFile } from '@postino/outgoing'
import type { FileLine } from './file-line.ts'
import type { KeptFile, KeptFiles } from './kept-files.ts'

/** Where messages get the bytes of files that Telegram does not fetch by itself. */
export interface Shelf {
  find: (address: string) => KeptFile | undefined
  sizeOf: KeptFiles['sizeOf']
  use: KeptFiles['use']
  /**
   * Downloads a file unless somebody is at it already, and waits for it. Never rejects.
   *
   * @param address of the file, by its hash
   * @returns why there is no file; undefined when there is one, or nobody can say because this process ends
   */
  fetch: (address: string, source: { url: string; owner: string }) => Promise<string | undefined>
  /** Gives up what is being downloaded, and lets go of all files. */
  close: () => Promise<void>
}

export interface ShelfDependencies {
  downloadFile: DownloadFile
  line: FileLine
  kept: KeptFiles
  /** Of one file. */
  maxFileBytes: number
  onDownload: (outcome: string) => void
  /** This machine could not keep a file. */
  onError: (error: unknown) => void
}

export function createShelf(dependencies: ShelfDependencies): Shelf {
  const { downloadFile, line, kept, maxFileBytes, onDownload, onError } = dependencies
  const fetching = new Map<string, Promise<string | undefined>>()
  const closing = new AbortController()

  async function download(address: string, url: string): Promise<string | undefined> {
    const { signal } = closing
    try {
      const result = await downloadFile(url, { maxBytes: maxFileBytes, signal })
      if (result.status === 'downloaded') kept.keep(address, result)
      else if (signal.aborted) return undefined
      const outcome = result.status === 'failed' ? result.reason : undefined
      onDownload(outcome ?? 'downloaded')
      return outcome
    } catch (error) {
      onError(error)
      onDownload('disk_failed')
      return 'disk_failed'
    } finally {
      fetching.delete(address)
    }
  }

  return {
    find: kept.find,
    sizeOf: kept.sizeOf,
    use: kept.use,
    fetch(address, { url, owner }) {
      const underWay = fetching.get(address)
      if (underWay !== undefined) return underWay
      const fetched = line(owner, () => download(address, url))
      fetching.set(address, fetched)
      return fetched
    },
    async close() {
      closing.abort()
      await Promise.all(fetching.values())
      kept.letGoOfAll()
    },
  }
}
