export { readTemplate } from './read-template.ts'
export { writeTemplate } from './write-template.ts'
export { pathOfTemplate, readTemplatePath } from './template-key.ts'
