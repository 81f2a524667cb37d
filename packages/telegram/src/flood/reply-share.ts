/**
 * Of a bot's messages a second, so many are for answers to people who talk with it; the sender leaves them free while
 * somebody does (`bots.talking_until`).
 */
export const REPLY_SHARE_PER_SECOND = 5
