import { expectTypeOf, test } from 'vitest'
import type { BotView, ChatView, MessageView, PersonView } from '../control/views.ts'
import type { Bot, Chat, Message, Person } from './browser/shapes.ts'

test('what the control API answers is what the page expects', () => {
  expectTypeOf<BotView>().toExtend<Bot>()
  expectTypeOf<PersonView>().toExtend<Person>()
  expectTypeOf<MessageView>().toExtend<Message>()
  expectTypeOf<ChatView>().toExtend<Chat>()
})
