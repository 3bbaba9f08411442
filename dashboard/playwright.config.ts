// Tests in a real Chromium against `wahana up` on a throwaway data folder. `./wahana e2e` brings what they need.
import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

const LONG = /(screens|pictures|rows|campaign|operations)\.spec\.ts/;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: './e2e/support/world.ts',
  // Every test has an organization of its own, and what restarts an installation has one of its own: all run side by side.
  fullyParallel: true,
  workers: Math.max(2, availableParallelism()),
  // No test is decided by the machine's speed: every wait ends with what it waits for, these only end what hangs.
  timeout: 900_000,
  expect: { timeout: 120_000 },
  forbidOnly: true,
  reporter: [['list']],
  // The long ones first, so that no worker is left alone with one of them at the end.
  projects: [
    { name: 'long', testMatch: LONG },
    { name: 'short', testIgnore: LONG },
  ],
  use: {
    locale: 'en-GB',
    timezoneId: 'Asia/Jakarta',
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    actionTimeout: 120_000,
    navigationTimeout: 120_000,
    // A trace of every test would take a third of the time: `./wahana e2e <test> --trace on` records one.
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
      // Root may not use Chromium's own sandbox; the rest keeps it from calling home.
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    },
  },
});
