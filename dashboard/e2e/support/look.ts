// How a screen looks and whether everybody can use it: pictures for docs/, axe, and nothing that sticks out.
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test';

const PICTURES = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
const PHONE = { width: 360, height: 780 };
const WIDE = { width: 1440, height: 900 };

/** WCAG 2.2 AA: axe finds nothing serious. */
export async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n  ${nodes.map((node) => `${node.html} ${node.any[0]?.message ?? ''}`).join('\n  ')}`,
  );
  expect(told.join('\n')).toBe('');
}

/** The page itself never scrolls sideways; tables may, inside of it. */
export async function fits(page: Page): Promise<void> {
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(over)).toBeLessThanOrEqual(0);
}

/** Looks at the open screen in both themes, wide and on a phone; with PICTURES=1 keeps what it sees in docs/screenshots. */
export async function look(page: Page, name: string): Promise<void> {
  for (const [width, viewport] of [
    ['wide', WIDE],
    ['phone', PHONE],
  ] as const) {
    await page.setViewportSize(viewport);
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
      await fits(page);
      await accessible(page);
      if (process.env.PICTURES) await page.screenshot({ path: `${PICTURES}${name}-${width}-${theme}.png` });
    }
  }
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
}
