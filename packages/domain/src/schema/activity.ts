import { z } from 'zod'
import { ACTIVITY_STATUS_CHANGED_DATA } from '../examples/activity.ts'
import { id, state, text, time, url } from './formats.ts'
import { personSchema } from './person.ts'

const activitySchema = z
  .strictObject({
    id: id.meta({ description: 'The id of the activity in the shop’s system' }),
    title: text.meta({ description: 'What is to be done' }),
    status: state.meta({ description: 'The state it is in now' }),
    previous_status: state.meta({ description: 'The state it was in before' }).optional(),
    due_at: time.meta({ description: 'When it has to be done' }).optional(),
    url: url.meta({ description: 'Its page' }).optional(),
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
