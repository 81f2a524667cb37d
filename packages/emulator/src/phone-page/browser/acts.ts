import type { Api, ButtonPlace } from './api.ts'
import { selectedChat, type Model } from './model.ts'
import type { Chat, Message, Pressed } from './shapes.ts'

/** What the chosen person does in the open chat. */
export type Acts = {
  start: () => Promise<unknown>
  send: (text: string, replyTo?: number) => Promise<unknown>
  press: (message: Message, place: ButtonPlace) => Promise<Pressed>
  /** Presses the keyboard's button that asks for the phone number. */
  shareContact: () => Promise<unknown>
  /** Sends one's own card without being asked. */
  sendOwnContact: () => Promise<unknown>
  leave: () => Promise<unknown>
  stop: () => Promise<unknown>
  unblock: () => Promise<unknown>
  deleteChat: () => Promise<unknown>
}

export function createActs({ api, model }: { api: Api; model: Model }): Acts {
  async function inChat<Answer>(act: (personId: number, chat: Chat) => Promise<Answer>): Promise<Answer> {
    const chat = selectedChat(model)
    if (model.personId === undefined || chat === undefined) throw new Error('No chat is open.')
    return act(model.personId, chat)
  }

  function ownContact(personId: number): object {
    const person = model.people.get(personId)
    const { phone_number, first_name, last_name } = person ?? {
      phone_number: '',
      first_name: '',
      last_name: '',
    }
    return { phone_number, first_name, user_id: personId, ...(last_name === '' ? {} : { last_name }) }
  }

  return {
    start: () =>
      inChat((personId, chat) =>
        api.start(personId, chat.start_parameter === undefined ? botOf(chat) : { chat: chat.chat }),
      ),
    send: (text, replyTo) =>
      inChat((personId, { chat }) =>
        api.send(personId, { chat, text, ...(replyTo === undefined ? {} : { reply_to: replyTo }) }),
      ),
    press: (message, place) =>
      inChat((personId, { chat }) => api.press(personId, { chat, message: message.key, button: place })),
    shareContact: () => inChat((personId, { chat }) => api.act(personId, 'share-contact', { chat })),
    sendOwnContact: () =>
      inChat((personId, { chat }) =>
        api.act(personId, 'share-contact', { chat, contact: ownContact(personId) }),
      ),
    leave: () => inChat((personId, { chat }) => api.act(personId, 'leave', { chat })),
    stop: () => inChat((personId, chat) => api.act(personId, 'stop', botOf(chat))),
    unblock: () => inChat((personId, chat) => api.act(personId, 'unblock', botOf(chat))),
    deleteChat: () => inChat((personId, chat) => api.act(personId, 'delete-chat', botOf(chat))),
  }
}

function botOf(chat: Chat): { bot: number } {
  if (chat.bot_id === undefined) throw new Error('This is not the chat of a bot.')
  return { bot: chat.bot_id }
}
