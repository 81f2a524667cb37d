import type { Clock } from '../clock.ts'
import type { Downloads } from '../files/downloads.ts'
import type { FileStore } from '../files/file-store.ts'
import { createResolveMedia } from '../files/resolve-media.ts'
import type { WebAddresses } from '../files/web-addresses.ts'
import type { FloodModel } from '../flood/flood-model.ts'
import type { FloodReport } from '../flood/flood-report.ts'
import type { Random } from '../random.ts'
import type { Settings } from '../settings.ts'
import type { Callbacks } from '../world/callbacks.ts'
import type { Changes } from '../world/changes.ts'
import type { Groups } from '../world/groups.ts'
import type { Message } from '../world/message.ts'
import type { MessageBook } from '../world/post-message.ts'
import type { Bot } from '../world/user.ts'
import type { World } from '../world/world.ts'
import { createAnswerCallbackQuery } from './answer-callback-query.ts'
import { createBotCommands } from './bot-commands.ts'
import { createBotProfile } from './bot-profile.ts'
import { createChatMethods } from './chats.ts'
import { createDeleteMessage } from './delete-message.ts'
import { createDispatch } from './dispatch.ts'
import type { Dispatch } from './dispatch.ts'
import { createEditMessage } from './edit-message.ts'
import { createFloodGate } from './flood-gate.ts'
import { createGetFile } from './get-file.ts'
import { createGetUpdates } from './get-updates.ts'
import { createSendMediaGroup } from './send-media-group.ts'
import { createSendMedia } from './send-media.ts'
import { createSendMessage } from './send-message.ts'
import { createSend } from './send.ts'
import { createSession } from './session.ts'
import { createUploadGate } from './upload-gate.ts'
import { createWebhookMethods } from './webhook.ts'

export interface MethodDependencies {
  readonly clock: Clock
  readonly random: Random
  readonly settings: () => Settings
  readonly world: World
  readonly book: MessageBook
  readonly changes: Changes
  readonly groups: Groups
  readonly callbacks: Callbacks
  readonly files: FileStore
  readonly downloads: Downloads
  readonly web: WebAddresses
  readonly flood: FloodModel
  readonly floodReport: FloodReport
  readonly onSent: (bot: Bot, message: Message) => void
}

/** Every method of the Bot API that the emulator knows, behind one entrance. */
export function createMethods(dependencies: MethodDependencies): Dispatch {
  const { clock, flood, floodReport: report, settings } = dependencies
  const session = createSession({ clock })
  const gate = createFloodGate({ clock, model: flood, report })
  const sending = {
    ...dependencies,
    gate,
    send: createSend({ ...dependencies, gate }),
    resolveMedia: createResolveMedia(dependencies),
  }
  const methods = {
    ...createBotProfile(dependencies),
    ...createBotCommands(dependencies),
    ...createGetUpdates(),
    ...createWebhookMethods({ clock, settings }),
    ...createSendMessage(sending),
    ...createSendMedia(sending),
    ...createSendMediaGroup(sending),
    ...createEditMessage(sending),
    ...createDeleteMessage(dependencies),
    ...createAnswerCallbackQuery(dependencies),
    ...createChatMethods(dependencies),
    ...createGetFile(dependencies),
    ...session.methods,
  }
  return createDispatch({ methods, session, uploadGate: createUploadGate(clock, flood) })
}
