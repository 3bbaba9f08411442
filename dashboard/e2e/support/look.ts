// How a screen looks and whether everybody can use it: pictures for docs/, axe, and nothing that sticks out.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './test';

const PICTURES = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
export const PHONE = { width: 360, height: 780 };
export const WIDE = { width: 1440, height: 900 };

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
  expect.soft(told.join('\n'), `${page.url()} is for everybody`).toBe('');
}

/** The page itself never scrolls sideways; tables may, inside of it. */
export async function fits(page: Page): Promise<void> {
  const over = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  await expect.soft.poll(() => page.evaluate(over), { message: `${page.url()} sticks out` }).toBeLessThanOrEqual(0);
}

/** As a person whose system is light or dark sees it. */
export async function dress(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
}

/** Waits until the screen is there with all it asked for. */
export async function shown(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy=true], .mantine-Skeleton-root')).toHaveCount(0);
}

/** Looks at the open screen in both themes, wide and on a phone. */
export async function look(page: Page, name: string, keep = false): Promise<void> {
  await test.step(name, async () => {
    for (const [width, viewport] of [
      ['wide', WIDE],
      ['phone', PHONE],
    ] as const) {
      await page.setViewportSize(viewport);
      for (const theme of ['light', 'dark'] as const) {
        await dress(page, theme);
        await fits(page);
        if (theme === (width === 'wide' ? 'light' : 'dark')) await accessible(page);
        if (keep) await picture(page, `${name}-${width}-${theme}`);
      }
    }
    await page.setViewportSize(WIDE);
    await dress(page, 'light');
  });
}

/** With PICTURES=1 for docs/screenshots; as WebP, a fifth of the size of what Playwright makes by itself. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.PICTURES) return;
  const size = page.viewportSize() ?? WIDE;
  // A picture taken before may have left the page at the size of the window: a change makes it ask for its own again.
  await page.setViewportSize({ ...size, height: size.height + 1 });
  await page.setViewportSize(size);
  const devtools = await page.context().newCDPSession(page);
  const clip = { x: 0, y: 0, ...size, scale: 1 };
  const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 80, clip });
  await writeFile(`${PICTURES}${name}.webp`, Buffer.from(data, 'base64'));
  await devtools.detach();
}
