import type { ResolveMedia } from '../files/resolve-media.ts'
import type { MediaKind } from '../files/stored-file.ts'
import { booleanParameter, integerParameter } from '../http/parameters.ts'
import type { World } from '../world/world.ts'
import { completeMentions } from './input/complete-mentions.ts'
import { parseText, requireText, tolerantJson } from './input/formatted-text.ts'
import { findMediaSource, findThumbnail } from './input/media-source.ts'
import type { Method, Methods } from './method.ts'
import { refuse } from './refused-error.ts'
import { sentAnswer } from './send.ts'
import type { Send } from './send.ts'

const MAX_EDGE = 10_000
const MAX_DURATION_SECONDS = 24 * 60 * 60

/** sendPhoto, sendDocument, sendVideo, sendAudio, sendAnimation: https://core.telegram.org/bots/api#sendphoto */
export function createSendMedia(dependencies: {
  world: World
  send: Send
  resolveMedia: ResolveMedia
}): Methods {
  const { world, send, resolveMedia } = dependencies

  function sendKind(kind: MediaKind): Method {
    return async (call) => {
      const { parameters, bot } = call
      const source = findMediaSource(parameters, parameters.text(kind), kind)
      if (source === undefined) return refuse(`there is no ${kind} in the request`)
      const edge = (name: string): number =>
        integerParameter(parameters, name, { absent: 0, min: 0, max: MAX_EDGE })
      const duration = { absent: 0, min: 0, max: MAX_DURATION_SECONDS }
      const details = {
        width: edge('width'),
        height: edge('height'),
        durationSeconds: integerParameter(parameters, 'duration', duration),
        title: parameters.text('title'),
        performer: parameters.text('performer'),
        thumbnail: findThumbnail(parameters, parameters.text('thumbnail') || parameters.text('thumb')),
      }
      const entities = tolerantJson(parameters.text('caption_entities'))
      const caption = parseText(
        { text: parameters.text('caption'), parseMode: parameters.text('parse_mode'), entities },
        'caption',
      )
      const content = async () => ({
        kind: 'media' as const,
        caption: completeMentions(requireText(caption), bot, world),
        file: await resolveMedia({ source, kind, details, botId: bot.id }),
        showCaptionAboveMedia: booleanParameter(parameters, 'show_caption_above_media'),
        hasSpoiler: booleanParameter(parameters, 'has_spoiler'),
      })
      return sentAnswer(await send(call, [{ kind, content }]), call)
    }
  }

  return {
    sendPhoto: sendKind('photo'),
    sendDocument: sendKind('document'),
    sendVideo: sendKind('video'),
    sendAudio: sendKind('audio'),
    sendAnimation: sendKind('animation'),
  }
}
