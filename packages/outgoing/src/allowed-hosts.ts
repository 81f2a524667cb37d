/** Reads `host:port[,more]`, such as `files.internal:8443,[::1]:8080`. @throws when one of them is something else. */
export function parseAllowedHosts(text: string): string[] {
  const problem = allowedHostsProblem(text)
  if (problem !== undefined) throw new Error(problem)
  return entriesOf(text).map((entry) => normalise(entry) ?? entry)
}

/** What is wrong with a list of allowed hosts, in words; undefined when it can be read. */
export function allowedHostsProblem(text: string): string | undefined {
  const wrong = entriesOf(text).find((entry) => normalise(entry) === undefined)
  return wrong === undefined ? undefined : `${JSON.stringify(wrong)} is not <host>:<port>`
}

/** Host and port as a URL has them, the port never left out. */
export function hostAndPortOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`
}

function entriesOf(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

/** In the spelling of the URL standard, so that both sides of a comparison are alike. */
function normalise(entry: string): string | undefined {
  const port = /^[^/?#@\\\s]+:(\d{1,5})$/.exec(entry)?.[1]
  const url = port === undefined ? null : URL.parse(`http://${entry}/`)
  return url === null ? undefined : `${url.hostname}:${Number(port)}`
}
