import type { ResolveMedia } from '../files/resolve-media.ts'
import type { MediaKind } from '../files/stored-file.ts'
import { messageShape } from '../shapes/message-shape.ts'
import type { World } from '../world/world.ts'
import { completeMentions } from './input/complete-mentions.ts'
import { parseText, requireText } from './input/formatted-text.ts'
import {
  failField,
  isObject,
  optionalBoolean,
  optionalInteger,
  optionalString,
  parseJson,
  requiredString,
  within,
} from './input/json-object.ts'
import { findMediaSource, findThumbnail } from './input/media-source.ts'
import { done } from './method.ts'
import type { MethodCall, Methods } from './method.ts'
import { refuse } from './refused-error.ts'
import type { Outgoing, Send } from './send.ts'

const MAX_ITEMS = 10
const KINDS: readonly MediaKind[] = ['photo', 'video', 'audio', 'document']

/** https://core.telegram.org/bots/api#sendmediagroup; the real server takes an album of one as well. */
export function createSendMediaGroup(dependencies: {
  world: World
  send: Send
  resolveMedia: ResolveMedia
}): Methods {
  const { world, send, resolveMedia } = dependencies

  function parseItem(call: MethodCall, item: unknown): Outgoing {
    const { parameters, bot } = call
    if (!isObject(item)) return failField('expected an Object')
    const textSource = {
      text: optionalString(item, 'caption'),
      parseMode: optionalString(item, 'parse_mode'),
      entities: item['caption_entities'],
    }
    const caption = parseText(textSource, 'caption')
    const showCaptionAboveMedia = optionalBoolean(item, 'show_caption_above_media')
    const hasSpoiler = optionalBoolean(item, 'has_spoiler')
    const type = requiredString(item, 'type')
    const source = findMediaSource(parameters, optionalString(item, 'media'), '')
    if (source === undefined) return failField('media not found')
    const kind = KINDS.find((known) => known === type) ?? failUnknownType(type)
    const details = {
      width: optionalInteger(item, 'width'),
      height: optionalInteger(item, 'height'),
      durationSeconds: optionalInteger(item, 'duration'),
      title: optionalString(item, 'title'),
      performer: optionalString(item, 'performer'),
      thumbnail: findThumbnail(
        parameters,
        optionalString(item, 'thumbnail') || optionalString(item, 'thumb'),
      ),
    }
    return {
      kind,
      content: async () => ({
        kind: 'media',
        caption: completeMentions(requireText(caption), bot, world),
        file: await resolveMedia({ source, kind, details, botId: bot.id }),
        showCaptionAboveMedia,
        hasSpoiler,
      }),
    }
  }

  return {
    async sendMediaGroup(call) {
      const text = call.parameters.text('media')
      if (text === '') return refuse('Parameter "media" is required')
      const media = parseJson(text, "Can't parse media JSON object")
      if (!Array.isArray(media)) return refuse('Expected an Array of InputMedia')
      const items = within("Can't parse InputMedia", () =>
        media.map((item: unknown) => parseItem(call, item)),
      )
      checkAlbum(items)
      const messages = await send(call, items)
      return done(messages.map((message) => messageShape(message, call.bot)))
    },
  }
}

function failUnknownType(type: string): never {
  if (type === 'animation') failField(`type "${type}" can't be used in sendMediaGroup`)
  return failField(`type "${type}" is unsupported`)
}

function checkAlbum(items: readonly Outgoing[]): void {
  if (items.length > MAX_ITEMS) refuse('Too many messages to send as an album')
  if (items.length === 0) refuse('There are no messages to send')
  // Photos and videos mix; documents and audio files stay among themselves.
  const families = new Set(items.map(({ kind }) => (kind === 'video' ? 'photo' : kind)))
  if (families.size > 1) refuse('MEDIA_GROUPED_INVALID')
}
