// API keys: shown once, good at once, replaced without a gap, ended at once.
import type { Page } from '@playwright/test';
import { arrive } from './support/account';
import { expect, test } from './support/test';

const allowed = async (page: Page, key: string) =>
  (await page.request.get('/api/v1/sessions', { headers: { 'X-Api-Key': key } })).status();

test('a key is made, rotated and revoked', async ({ page }) => {
  await arrive(page);
  await page.goto('/developers');
  await page.getByRole('button', { name: 'New API key' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Name' }).fill('Web shop');
  await form.getByRole('checkbox', { name: 'sessions:read' }).check();
  await form.getByRole('button', { name: 'Create the key' }).click();
  const first = await shown(page);
  expect(await allowed(page, first)).toBe(200);
  await page.getByRole('button', { name: 'I have saved it' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Web shop' });
  await expect(row).toHaveCount(1);
  await expect(page.getByText(first)).toHaveCount(0);

  await row.getByRole('button', { name: 'Rotate' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
  const second = await shown(page);
  expect(second).not.toBe(first);
  await page.getByRole('button', { name: 'I have saved it' }).click();
  await expect(row).toHaveCount(2);
  // Programs have a day to change over.
  expect([await allowed(page, first), await allowed(page, second)]).toEqual([200, 200]);

  const old = row.filter({ hasText: first.slice(0, 12) });
  await old.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(old).toHaveCount(0);
  await expect.poll(() => allowed(page, first)).toBe(401);
  expect(await allowed(page, second)).toBe(200);
});

/** The key that is shown this once. */
async function shown(page: Page): Promise<string> {
  const key = page
    .getByRole('dialog')
    .locator('code, pre')
    .filter({ hasText: /^wah_\S+$/ });
  await expect(key).toBeVisible();
  return (await key.textContent()) ?? '';
}
