export { composeMessage } from './compose-message.ts'
export type { ComposedMessage, LinkCause } from './compose-message.ts'
export { personOf, templateData } from './template-data.ts'
