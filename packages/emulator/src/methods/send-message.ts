import { whenKnown } from '../when-known.ts'
import type { TextContent } from '../world/message.ts'
import { completeMentions } from './input/complete-mentions.ts'
import { parseText, requireText, tolerantJson } from './input/formatted-text.ts'
import { parseLinkPreview } from './input/link-preview.ts'
import type { TextInput } from './input/formatted-text.ts'
import type { MethodCall, Methods } from './method.ts'
import type { World } from '../world/world.ts'
import { sentAnswer } from './send.ts'
import type { Send } from './send.ts'

/** https://core.telegram.org/bots/api#sendmessage */
export function createSendMessage(dependencies: { world: World; send: Send }): Methods {
  const { world, send } = dependencies
  return {
    sendMessage(call) {
      const content = readTextContent(call, world)
      return whenKnown(send(call, [{ kind: 'text', content }]), (messages) => sentAnswer(messages, call))
    },
  }
}

/** Reads the text of a message at once; what is wrong with its length shows when the content is wanted. */
export function readTextContent(call: MethodCall, world: World): () => TextContent {
  const { parameters } = call
  const linkPreviewOptions = parseLinkPreview(parameters)
  const input: TextInput = parseText(
    {
      text: parameters.text('text'),
      parseMode: parameters.text('parse_mode'),
      entities: tolerantJson(parameters.text('entities')),
    },
    'text',
  )
  return () => ({
    kind: 'text',
    formatted: completeMentions(requireText(input), call.bot, world),
    linkPreviewOptions,
  })
}
