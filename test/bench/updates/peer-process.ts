import { createServer } from 'node:http'
import { Bot, webhookCallback } from 'grammy'

// A grammY bot as its pages show it: one answer to each message, and nothing remembered.

const { apiRoot, tokens, secret }: { apiRoot: string; tokens: Record<string, string>; secret: string } =
  JSON.parse(process.argv[2] ?? '')

const handlers = new Map(
  Object.entries(tokens).map(([path, token]) => {
    const bot = new Bot(token, { client: { apiRoot } })
    bot.on('message', (context) => context.reply('Hello! What would you like to be told?'))
    return [path, webhookCallback(bot, 'http', { secretToken: secret })]
  }),
)

const server = createServer((request, response) => {
  const handle = handlers.get(request.url ?? '')
  if (handle === undefined) response.writeHead(404).end()
  else void handle(request, response)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0)
})
process.on('disconnect', () => process.exit())
