import { playwright } from '@vitest/browser-playwright'
import { configDefaults, defineConfig } from 'vitest/config'
import { aliases } from './scripts/lib/aliases.ts'
import { findChromium } from './scripts/lib/find-browser.ts'
import { fromRoot } from './scripts/lib/paths.ts'

const exclude = [...configDefaults.exclude, '**/dist/**', '**/*.browser.test.ts']
const root = typeof process.getuid === 'function' && process.getuid() === 0

export default defineConfig({
  resolve: { alias: aliases },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          environment: 'node',
          include: ['packages/**/*.test.{ts,tsx}', 'examples/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'third-party',
          sequence: { groupOrder: 0 },
          environment: 'node',
          include: ['test/third-party/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        cacheDir: fromRoot('.cache/vite-browser'),
        optimizeDeps: {
          include: [
            'valibot',
            'idb',
            'comlink',
            'ulid',
            'fast-check',
            'preact',
            'preact/jsx-runtime',
            '@preact/signals',
            '@streamparser/json',
          ],
        },
        test: {
          name: 'browser',
          sequence: { groupOrder: 1 },
          include: ['packages/**/*.browser.test.{ts,tsx}'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: findChromium(),
                chromiumSandbox: !root,
                args: [
                  '--disable-quic',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          sequence: { groupOrder: 2 },
          environment: 'node',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          sequence: { groupOrder: 3 },
          environment: 'node',
          include: ['test/e2e/**/*.e2e.ts'],
          // Named at the end of the run: see scripts/lib/count-reporter.ts.
          retry: 1,
          pool: 'forks',
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
