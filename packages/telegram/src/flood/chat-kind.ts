export type ChatKind = 'private' | 'group' | 'channel'
