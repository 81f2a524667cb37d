import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // The tests with servers wait more than they work.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: ['test/support/ignore-ctrl-c.ts'],
          include: ['{apps,packages}/*/src/**/*.test.ts'],
          // No module keeps state, so files may share what they import: half of the time went into importing.
          isolate: false,
          // Of properties with hundreds of runs, on a machine that has other work as well.
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/{integration,end-to-end}/**/*.test.ts'],
          setupFiles: ['test/support/ignore-ctrl-c.ts'],
          isolate: false,
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Real servers on a machine that has other work: one that stood still for a second breaks a promise of ours. What
          // passes at its second try only is named at the end of the log.
          retry: 1,
        },
      },
    ],
  },
})
