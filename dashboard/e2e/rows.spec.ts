// A list of ten thousand rows holds a screenful of them in the page, wherever one has scrolled to.
import { arrive } from './support/account';
import { who } from './support/sim';
import { expect, test } from './support/test';

const ROWS = 10_000;
/** What a tall screen shows, and some before and after it. */
const A_SCREENFUL = 60;

test('ten thousand contacts scroll, and only the visible ones are drawn', async ({ page }) => {
  const api = await arrive(page);
  const lines = Array.from({ length: ROWS }, (_, n) => `${who.reads(n)},Pelanggan ${n}`);
  const made = await api.POST('/api/v1/contacts/import', {
    headers: { 'Content-Type': 'text/csv' },
    body: ['phone,name', ...lines].join('\n'),
    bodySerializer: (body) => body,
  });
  expect(made.data?.added).toBe(ROWS);

  await page.goto('/contacts');
  const table = page.getByRole('table', { name: 'Contacts' });
  const drawn = table.getByRole('row');
  await expect(drawn.nth(10)).toBeVisible();
  expect(await drawn.count()).toBeLessThan(A_SCREENFUL);
  const toTheEnd = async () => {
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    return table.getAttribute('aria-rowcount');
  };
  await expect.poll(toTheEnd, { timeout: 0, intervals: [50] }).toBe(String(1 + ROWS));
  await expect(page.getByText('All 10,000 rows')).toBeVisible();
  expect(await drawn.count()).toBeLessThan(A_SCREENFUL);
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
  await expect(page.locator('[aria-rowindex="5000"]')).toBeVisible();
  expect(await drawn.count()).toBeLessThan(A_SCREENFUL);
});
