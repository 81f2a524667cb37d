import type { Dialogs } from './dialogs.ts'
import type { CallbackAnswer } from './shapes.ts'
import type { Toasts } from './toasts.ts'

/** Shows what bots say to a pressed button, also when they take their time. */
export type CallbackAnswers = {
  show: (title: string, answer: CallbackAnswer) => void
  /** The button was let go without an answer; it may still come. */
  expect: (queryId: string, title: string) => void
  /** An answer came by the live stream. */
  arrived: (queryId: string, answer: CallbackAnswer) => void
}

export function createCallbackAnswers({
  dialogs,
  toasts,
}: {
  dialogs: Dialogs
  toasts: Toasts
}): CallbackAnswers {
  const late = new Map<string, string>()

  function show(title: string, answer: CallbackAnswer): void {
    const text = answer.text ?? answer.url ?? ''
    if (text === '') return
    if (answer.show_alert) dialogs.alert(title, text)
    else toasts.toast(text)
  }

  return {
    show,
    expect(queryId, title) {
      late.set(queryId, title)
      toasts.toast('The bot has not answered yet.')
    },
    arrived(queryId, answer) {
      const title = late.get(queryId)
      if (title === undefined) return
      late.delete(queryId)
      show(title, answer)
    },
  }
}
