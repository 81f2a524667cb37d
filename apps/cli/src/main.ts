#!/usr/bin/env node
import { InvalidSettingsError } from '@postino/runtime'
import { CommandFailure } from './command-failure.ts'
import { createProgram } from './create-program.ts'

try {
  await createProgram().parseAsync()
} catch (error) {
  process.exitCode = 1
  if (error instanceof CommandFailure) process.stderr.write(`postino: ${describe(error)}\n`)
  else if (error instanceof InvalidSettingsError) {
    process.stderr.write(
      `postino: the settings are wrong:\n${error.problems.map((line) => `  ${line}\n`).join('')}`,
    )
  } else throw error
}

function describe(failure: CommandFailure): string {
  return failure.cause instanceof Error ? `${failure.message} (${failure.cause.message})` : failure.message
}
