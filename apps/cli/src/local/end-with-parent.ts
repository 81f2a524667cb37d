// The channel to the parent closes when the parent ends, even by SIGKILL; it alone must not keep this process alive.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
