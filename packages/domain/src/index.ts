export { PURPOSES } from './purpose.ts'
export type { Lane, Purpose } from './purpose.ts'
export { templateContentSchema } from './content.ts'
export type { LinkButton, MessageContent, TemplateContent } from './content.ts'
