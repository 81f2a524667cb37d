import { GIULIA, JAMES, MARTA, TARAS } from './people.ts'

const REPAIR = {
  id: 'act-310',
  title: 'Riparare il vaso “Civetta”',
  status: 'in_progress',
  previous_status: 'open',
  due_at: '2025-11-27T18:00:00+01:00',
  url: 'https://bottega-faenza.example/agenda/act-310',
}

export const ACTIVITY_STATUS_CHANGED_DATA = {
  activity: REPAIR,
  creator: GIULIA,
  assignee: TARAS,
  actor: TARAS,
}

export const ACTIVITY_ACKNOWLEDGED_DATA = {
  activity: {
    id: 'act-311',
    title: 'Engrave the wedding plates',
    status: 'open',
    due_at: '2025-11-28T12:00:00Z',
    url: 'https://bottega-faenza.example/agenda/act-311',
  },
  creator: JAMES,
  assignee: MARTA,
  actor: MARTA,
}

export const ACTIVITY_DUE_DATA = {
  activity: {
    id: 'act-312',
    title: 'Випалити партію плитки',
    status: 'open',
    due_at: '2025-11-21T17:00:00+01:00',
    url: 'https://bottega-faenza.example/agenda/act-312',
  },
  creator: MARTA,
  assignee: TARAS,
}
