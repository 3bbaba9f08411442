import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// In development the API is that of a running `./wahana up`.
const api = process.env.WAHANA_URL ?? 'http://127.0.0.1:8700';

/** A library that so many chunks share is in the one all screens load: in dozens of small ones it compresses worse. */
const SHARED_BY = 20;

export default defineConfig({
  plugins: [react()],
  build: {
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'base', test: /node_modules/, minShareCount: SHARED_BY }] } },
    },
  },
  server: { proxy: { '/api': api, '/healthz': api } },
  test: { include: ['src/**/*.test.ts'] },
});
