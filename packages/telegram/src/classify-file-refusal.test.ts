import { GrammyError } from 'grammy'
import { expect, test } from 'vitest'
import { classifyFailure } from './classify-failure.ts'

const refused = (remedy?: string) => ({
  status: 'refused',
  reason: 'content_refused',
  ...(remedy !== undefined && { remedy }),
})
const content = refused()
const otherwise = refused('another_way')
const asLink = refused('send_as_link')
const ofFile = (fileIndex: number, meaning: object) => ({ ...meaning, fileIndex })

// Descriptions as Telegram sends them, byte for byte.
const ANSWERS: [code: number, description: string, meaning: object][] = [
  [
    400,
    'Bad Request: wrong remote file identifier specified: Wrong padding in the string',
    refused('forget_file_id'),
  ],
  [400, "Bad Request: can't use file of type Photo as Document", refused('forget_file_id')],
  [400, 'Bad Request: wrong file identifier/HTTP URL specified', otherwise],
  [400, 'Bad Request: invalid file HTTP URL specified: Unsupported URL protocol', refused('upload')],
  [
    400,
    'Bad Request: file of size 12000000 bytes is too big for a photo; the maximum size is 10485760 bytes',
    refused('send_as_document'),
  ],
  [400, 'Bad Request: failed to get HTTP URL content', refused('upload')],
  [400, 'Bad Request: wrong type of the web page content', refused('upload')],
  [400, 'Bad Request: wrong HTTP URL specified', refused('upload')],
  [400, "Bad Request: can't upload file by URL", refused('upload')],
  [400, 'Bad Request: there is no photo in the request', content],
  [400, 'Bad Request: there is no document in the request', content],
  [400, 'Bad Request: PHOTO_INVALID_DIMENSIONS', refused('send_as_document')],
  [400, 'Bad Request: IMAGE_PROCESS_FAILED', refused('send_as_document')],
  [400, 'Bad Request: file is too big', otherwise],
  [400, 'Bad Request: file must be non-empty', asLink],
  [413, 'Request Entity Too Large', asLink],
  [413, 'Payload Too Large', asLink],
  [400, 'Bad Request: failed to send message #2 with the error message "MEDIA_EMPTY"', ofFile(1, otherwise)],
  [
    400,
    'Bad Request: failed to send message #1 with the error message "WEBPAGE_CURL_FAILED"',
    ofFile(0, refused('upload')),
  ],
  [
    400,
    'Bad Request: failed to send message #10 with the error message "PHOTO_INVALID_DIMENSIONS"',
    ofFile(9, refused('send_as_document')),
  ],
  [
    400,
    'Bad Request: failed to send message #3 with the error message "Wrong file identifier/HTTP URL specified"',
    ofFile(2, otherwise),
  ],
  [
    400,
    'Bad Request: failed to send message #1 with the error message "SOMETHING_NEW"',
    ofFile(0, otherwise),
  ],
  [400, "Bad Request: document can't be mixed with other media types", asLink],
  [400, "Bad Request: audio can't be mixed with other media types", asLink],
  [400, "Bad Request: can't parse InputMedia: media not found", asLink],
  [400, 'Bad Request: MEDIA_GROUP_INVALID', asLink],
  [
    400,
    'Bad Request: file of size 2097152001 bytes is too big; the maximum size is 2097152000 bytes',
    asLink,
  ],
  [400, 'Bad Request: too many messages to send as an album', asLink],
  [400, 'Bad Request: there are no messages to send', content],
  [400, "Bad Request: can't use the media of the specified type in the album", asLink],
]

test.for(ANSWERS)('%d %s', ([code, description, meaning]) => {
  const answer = { ok: false as const, error_code: code, description }
  const error = new GrammyError("Call to 'sendPhoto' failed!", answer, 'sendPhoto', {})
  expect(classifyFailure(error)).toEqual({ ...meaning, description })
})
