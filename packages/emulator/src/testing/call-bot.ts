/** An answer of the Bot API as a client sees it. */
export interface BotAnswer {
  readonly status: number
  readonly headers: Headers
  readonly ok: boolean
  // A test looks into results of every shape; checking them is what it is for.
  // oxlint-disable-next-line no-explicit-any
  readonly result: any
  readonly description: string | undefined
  readonly errorCode: number | undefined
  readonly parameters: { readonly retry_after?: number; readonly migrate_to_chat_id?: number } | undefined
}

/** Calls a method with a JSON body. */
export function callBot(
  url: string,
  token: string,
  call: { method: string; parameters?: Record<string, unknown> | undefined },
): Promise<BotAnswer> {
  return post(`${url}/bot${token}/${call.method}`, JSON.stringify(call.parameters ?? {}), 'application/json')
}

export async function post(
  address: string,
  body: string | FormData | Uint8Array<ArrayBuffer>,
  contentType?: string,
): Promise<BotAnswer> {
  const headers: Record<string, string> = contentType === undefined ? {} : { 'Content-Type': contentType }
  return readAnswer(await fetch(address, { method: 'POST', body, headers }))
}

export async function readAnswer(response: Response): Promise<BotAnswer> {
  const { ok, result, description, error_code: errorCode, parameters } = JSON.parse(await response.text())
  return {
    status: response.status,
    headers: response.headers,
    ok,
    result,
    description,
    errorCode,
    parameters,
  }
}
