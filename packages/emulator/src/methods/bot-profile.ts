import { ownShape } from '../shapes/user-shape.ts'
import type { Changes } from '../world/changes.ts'
import type { Bot } from '../world/user.ts'
import { done, DONE_TRUE } from './method.ts'
import type { MethodAnswer, MethodCall, Methods } from './method.ts'
import { refuse } from './refused-error.ts'

const MAX_NAME_LENGTH = 64
const MAX_DESCRIPTION_LENGTH = 512
const MAX_SHORT_DESCRIPTION_LENGTH = 120

/** getMe and what a bot says about itself. Texts for single languages are taken, but only the general ones kept. */
export function createBotProfile({ changes }: { changes: Changes }): Methods {
  function change(call: MethodCall, apply: (bot: Bot) => void): MethodAnswer {
    if (call.parameters.text('language_code') !== '') return DONE_TRUE
    apply(call.bot)
    changes.emit({ kind: 'bot', bot: call.bot })
    return DONE_TRUE
  }

  return {
    getMe: ({ bot }) => done(ownShape(bot)),

    getMyName: ({ bot }) => done({ name: bot.name }),
    setMyName(call) {
      const name = limited(call, 'name', MAX_NAME_LENGTH)
      return change(call, (bot) => {
        if (name !== '') bot.name = name
      })
    },

    getMyDescription: ({ bot }) => done({ description: bot.description }),
    setMyDescription(call) {
      const description = limited(call, 'description', MAX_DESCRIPTION_LENGTH)
      return change(call, (bot) => void (bot.description = description))
    },

    getMyShortDescription: ({ bot }) => done({ short_description: bot.shortDescription }),
    setMyShortDescription(call) {
      const shortDescription = limited(call, 'short_description', MAX_SHORT_DESCRIPTION_LENGTH)
      return change(call, (bot) => void (bot.shortDescription = shortDescription))
    },
  }
}

function limited({ parameters }: MethodCall, name: string, maxLength: number): string {
  const text = parameters.text(name).trim()
  return text.length > maxLength ? refuse(`bot ${name.replace('_', ' ')} is too long`) : text
}
