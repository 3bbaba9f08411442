import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// In development the API is that of a running `./wahana up`.
const api = process.env.WAHANA_URL ?? 'http://127.0.0.1:8700';

// The API compares Origin with Host before it renews a login, so Host stays as the browser sent it.
const target = { target: api, changeOrigin: false };
const proxy = { '/api': target, '/healthz': target };

const PACKAGES =
  'react|react-dom|scheduler|react-router|i18next|react-i18next|openapi-fetch|openapi-react-query|clsx|tslib|@floating-ui|' +
  '@tanstack/query-core|@tanstack/react-query|react-remove-scroll|react-remove-scroll-bar|react-style-singleton|use-sidecar';
const PARTS =
  'Input|InputBase|TextInput|Popover|Transition|Button|ActionIcon|Portal|' +
  'Loader|CloseButton|CopyButton|Title|Group|Text|Burger|Overlay|Skeleton|Stack|UnstyledButton|Kbd|Center|' +
  'VisuallyHidden|FocusTrap|Tooltip|Alert|Paper|Anchor';

/**
 * The libraries that the shell around every screen needs are one chunk: in dozens of small ones they compress worse.
 * All others go with the screens that use them. `npm run build` says what a first screen costs.
 */
const BASE = new RegExp(
  `/node_modules/((${PACKAGES})/|@mantine/core/esm/core/|@mantine/core/esm/components/(${PARTS})/)`,
);

export default defineConfig({
  plugins: [react()],
  build: {
    manifest: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'base', test: BASE }] } } },
  },
  server: { proxy },
  preview: { proxy },
  test: {
    testTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'components',
          // Mantine and the icons are loaded once per worker instead of once per file.
          isolate: false,
          include: ['src/**/*.test.tsx'],
          environment: 'happy-dom',
          setupFiles: ['src/test/setup.ts'],
        },
      },
    ],
  },
});
