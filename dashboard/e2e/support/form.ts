// Filling in what Playwright has no single word for.
import type { Locator, Page } from '@playwright/test';

/** Chooses an entry of a select box; in one that can be searched it is typed first. */
export async function choose(place: Page | Locator, label: string | RegExp, option: string | RegExp): Promise<void> {
  const field = place.getByLabel(label).and(place.locator('input'));
  await field.click();
  if (typeof option === 'string' && (await field.isEditable())) await field.fill(option);
  const page = 'page' in place ? place.page() : place;
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** A file as it comes from somebody's disk. */
export const csv = (name: string, lines: string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\n')),
});

/** Presses Tab until something has the focus. */
export async function tabTo(page: Page, target: Locator, most = 40): Promise<void> {
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${target} cannot be reached by keyboard`);
}
