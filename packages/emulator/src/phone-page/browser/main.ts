import { createActs } from './acts.ts'
import { createApi } from './api.ts'
import { createCallbackAnswers } from './callback-answers.ts'
import { createChatListView } from './chat-list-view.ts'
import { createChatView } from './chat-view.ts'
import { createDialogs } from './dialogs.ts'
import { element } from './element.ts'
import { clockTime } from './labels.ts'
import { listen } from './live.ts'
import { createLoader } from './loader.ts'
import { createModel, unreadOf } from './model.ts'
import { createRouter } from './router.ts'
import type { Page } from './page.ts'
import { createReadMarks } from './read-marks.ts'
import { createSideView } from './side-view.ts'
import { createToasts } from './toasts.ts'
import { countArrival, markChatRead } from './unread.ts'
import { applyEvent, TYPING_MS, type LiveEvent } from './updates.ts'
import { createWelcomeView } from './welcome-view.ts'

const CLOCK_MS = 10_000

const api = createApi()
const model = createModel()
const marks = createReadMarks(localStorage)
const dialogs = createDialogs()
const toasts = createToasts()
const answers = createCallbackAnswers({ dialogs, toasts })
const loader = createLoader({ api, model, marks, markRead })
const acts = createActs({ api, model })

function markRead(): void {
  if (!document.hidden) markChatRead(model, marks)
}

let isRenderPending = false

function render(): void {
  if (isRenderPending) return
  isRenderPending = true
  requestAnimationFrame(() => {
    isRenderPending = false
    for (const view of views) view.update()
    const unread = [...model.people.keys()].reduce((total, id) => total + unreadOf(model, id), 0)
    document.title = unread === 0 ? 'Postino phone' : `(${unread}) Postino phone`
  })
}

function attempt(act: () => Promise<unknown>): void {
  act().catch(toasts.complain).finally(render)
}

const router = createRouter({ api, model, loader, attempt, markRead, chooseGroup: dialogs.chooseGroup })
const page: Page = {
  api,
  model,
  acts,
  router,
  dialogs,
  toasts,
  answers,
  attempt,
  render,
  loadOlder: loader.loadOlder,
}

const side = createSideView(page)
const views = [side, createWelcomeView(page), createChatListView(page), createChatView(page)]
const clock = element('span', { class: 'status-clock' })
const screens = views.slice(1).map(({ root }) => root)
const status = element(
  'div',
  { class: 'status-bar', 'aria-hidden': 'true' },
  clock,
  element('span', { class: 'status-battery' }),
)
const heading = element('h1', { class: 'visually-hidden' }, 'Postino phone')
const phone = element(
  'main',
  { class: 'phone', 'aria-label': 'Phone' },
  heading,
  status,
  ...screens,
  toasts.root,
  dialogs.root,
)
document.body.append(side.root, phone)

function receive(live: LiveEvent): void {
  if (live.event === 'message') countArrival(model, live.chat, live.message)
  if (live.event === 'message' && isUnknown(live.chat)) attempt(() => loader.loadChat(live.chat))
  if (live.event === 'callback_answer') answers.arrived(live.callback_query_id, live.answer)
  applyEvent(model, live, Date.now())
  if (live.event === 'message' && live.chat === model.chat) markRead()
  if (live.event === 'action') setTimeout(render, TYPING_MS)
  if (live.event === 'person' && model.personId === undefined) router.go(live.person.id)
  render()
}

/** Whether a private chat is missing from a phone whose chats are loaded. */
function isUnknown(chat: string): boolean {
  const chats = model.chats.get(Number(chat.split(':')[1]))
  return chats !== undefined && !chats.has(chat)
}

let isFirstLoad = true

listen({
  event: receive,
  reload() {
    attempt(async () => {
      await loader.reload()
      if (isFirstLoad) router.followAddress()
      isFirstLoad = false
    })
  },
  lost() {
    model.connection = 'lost'
    render()
  },
})

addEventListener('popstate', () => router.followAddress())
document.addEventListener('visibilitychange', () => {
  markRead()
  render()
})
addEventListener('keydown', (event) => {
  const isBusy = document.querySelector('dialog[open], .menu:not([hidden])') !== null
  if (event.key === 'Escape' && !event.isComposing && model.chat !== undefined && !isBusy)
    router.go(model.personId)
})

function showClock(): void {
  clock.textContent = clockTime(Date.now())
}
showClock()
setInterval(showClock, CLOCK_MS)
render()
