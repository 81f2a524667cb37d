import { z } from 'zod'
import { FILE_UPLOADED_DATA } from '../examples/file.ts'
import { id, mediaType, text, url } from './formats.ts'
import { MAX_RECIPIENTS } from './limits.ts'
import { personSchema } from './person.ts'

const FILE_ACTIONS = ['downloaded', 'previewed'] as const

const fileSchema = z
  .strictObject({
    id: id.meta({ description: 'The id of the file in the shop’s system' }),
    name: text.meta({ description: 'The name of the file, with its ending' }),
    size: z.int().min(0).meta({ description: 'Its size, in bytes' }),
    mime: mediaType.meta({ description: 'Its media type, such as application/pdf' }),
    url: url.meta({ description: 'The address where the file can be had' }).optional(),
  })
  .meta({ id: 'File', description: 'A file of the documents area', examples: [FILE_UPLOADED_DATA.file] })

const folderSchema = z
  .strictObject({
    id: id.meta({ description: 'The id of the folder in the shop’s system' }),
    name: text.meta({ description: 'The name of the folder' }),
    admins: z
      .array(personSchema)
      .min(1)
      .max(MAX_RECIPIENTS)
      .meta({ description: 'Who looks after the folder and is told' }),
  })
  .meta({ id: 'Folder', description: 'Where the file lies', examples: [FILE_UPLOADED_DATA.folder] })

/** The parts of `file.uploaded`, without what all kinds have. */
export const fileUploadedParts = {
  file: fileSchema,
  folder: folderSchema,
  actor: personSchema.meta({ description: 'Who did it' }),
}

/** The parts of `file.accessed`, without what all kinds have. */
export const fileAccessedParts = {
  ...fileUploadedParts,
  action: z.enum(FILE_ACTIONS).meta({ description: 'What was done with the file' }),
}
