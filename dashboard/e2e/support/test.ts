// What every spec imports instead of @playwright/test: the address of the stack, and a watch over what must never
// happen on any screen.
import { test as base, expect } from '@playwright/test';

export { expect };

export const test = base.extend<{ clean: undefined }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs.
  baseURL: async ({}, use) => use(process.env.WAHANA_E2E_URL),

  /** No script fails, nothing breaks the content security policy, nothing is asked of anybody else. */
  clean: [
    async ({ page, baseURL }, use) => {
      const wrong: string[] = [];
      page.on('pageerror', (error) => wrong.push(`a script failed: ${error.message}`));
      page.on('console', (message) => {
        if (/Content Security Policy/i.test(message.text())) wrong.push(message.text());
      });
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(`${baseURL}/`) && !/^(data|blob):/.test(url)) wrong.push(`asked somebody else: ${url}`);
      });
      await use(undefined);
      expect(wrong).toEqual([]);
    },
    { auto: true },
  ],
});
