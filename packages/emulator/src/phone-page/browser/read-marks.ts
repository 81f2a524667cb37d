const STORAGE_KEY = 'postino-phone-read'

/** Up to which message each person has read each chat. The browser remembers it; the emulator does not know. */
export type ReadMarks = {
  get: (personId: number, chat: string) => number
  /** Returns whether the mark moved. */
  set: (personId: number, chat: string, key: number) => boolean
  clear: () => void
}

export function createReadMarks(storage: Pick<Storage, 'getItem' | 'setItem'>): ReadMarks {
  let marks = load(storage)

  function save(): void {
    storage.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries(marks)))
  }

  return {
    get: (personId, chat) => marks.get(`${personId} ${chat}`) ?? 0,
    set(personId, chat, key) {
      const name = `${personId} ${chat}`
      if (marks.get(name) === key) return false
      marks.set(name, key)
      save()
      return true
    },
    clear() {
      marks = new Map()
      save()
    },
  }
}

function load(storage: Pick<Storage, 'getItem'>): Map<string, number> {
  try {
    const saved: unknown = JSON.parse(storage.getItem(STORAGE_KEY) ?? '{}')
    if (typeof saved !== 'object' || saved === null) return new Map()
    return new Map(Object.entries(saved).filter(([, key]) => Number.isSafeInteger(key)))
  } catch {
    // Somebody else's or a broken entry: everything is unread then.
    return new Map()
  }
}
