// Ctrl-C reaches the workers as well as the run that started them. The run decides: tests under way end first, and tidy up.
process.on('SIGINT', () => undefined)
