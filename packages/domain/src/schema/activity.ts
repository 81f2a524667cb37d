import { z } from 'zod'
import { ACTIVITY_STATUS_CHANGED_DATA } from '../examples/activity.ts'
import { id, state, text, time, url } from './formats.ts'
import { personSchema } from './person.ts'

/** What activities usually go through; the list is open. */
const STATES = ['open', 'in_progress', 'done', 'cancelled']

const activitySchema = z
  .strictObject({
    id: id.meta({ description: 'The id of the activity in the shop’s system' }),
    title: text.meta({ description: 'What is to be done' }),
    status: state.meta({ description: 'The state it is in now', examples: STATES }),
    previous_status: state.meta({ description: 'The state it was in before', examples: STATES }).optional(),
    due_at: time.meta({ description: 'When it has to be done' }).optional(),
    url: url.meta({ description: 'The address of its page' }).optional(),
  })
  .meta({
    id: 'Activity',
    description: 'An entry of the shop’s agenda',
    examples: [ACTIVITY_STATUS_CHANGED_DATA.activity],
  })

/** The parts of the three activity kinds, without what all kinds have. */
export const activityParts = {
  activity: activitySchema,
  creator: personSchema.meta({ description: 'Who opened it' }),
  assignee: personSchema.meta({ description: 'Who has to do it' }),
  actor: personSchema.meta({ description: 'Who made this change' }).optional(),
}
