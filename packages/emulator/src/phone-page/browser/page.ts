import type { Acts } from './acts.ts'
import type { Api } from './api.ts'
import type { CallbackAnswers } from './callback-answers.ts'
import type { Dialogs } from './dialogs.ts'
import type { Model } from './model.ts'
import type { Router } from './router.ts'
import type { Toasts } from './toasts.ts'

/** What every view may use. */
export type Page = {
  api: Api
  model: Model
  acts: Acts
  router: Router
  dialogs: Dialogs
  toasts: Toasts
  answers: CallbackAnswers
  /** Runs what may take a while, says what went wrong, and shows the model afterwards. */
  attempt: (act: () => Promise<unknown>) => void
  /** Shows what the model says, in a moment. */
  render: () => void
  loadOlder: () => Promise<void>
}

/** A part of the page: made once, then told to show the model as it is. */
export type View = { root: HTMLElement; update: () => void }
