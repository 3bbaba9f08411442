// The address book: a file with mistakes, tags, who must not be written to, and which numbers exist.
import { readFile } from 'node:fs/promises';
import { arrive, connected } from './support/account';
import { choose, csv } from './support/form';
import { look } from './support/look';
import { who } from './support/sim';
import { expect, test } from './support/test';

test('a file is imported with a report of each refused line; people get tags and are blocked', async ({ page }) => {
  await arrive(page);
  await page.goto('/contacts/import');
  const [ani, bayu] = [who.reads(300), who.reads(301)];
  await page
    .locator('input[type=file]')
    .setInputFiles(csv('pelanggan.csv', ['hp,nama,kota', `${ani},Ani,Solo`, `${bayu},Bayu,Tegal`, '12,Salah,Medan']));
  await expect(page.getByRole('table', { name: 'The first people' }).getByRole('row', { name: /Ani/ })).toBeVisible();
  await look(page, 'import');
  await page.getByRole('textbox', { name: 'Tag', exact: true }).fill('grosir');
  await page.getByRole('textbox', { name: 'Tag', exact: true }).blur();
  await page.getByRole('button', { name: 'Import 2 people' }).click();
  await expect(page.getByText('Imported', { exact: true })).toBeVisible();
  await expect(page.getByText('Not a phone number: 1')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download these lines' }).click(),
  ]);
  expect(await readFile(await download.path(), 'utf8')).toContain('12,Salah,Medan,4,hp,');
  await page.getByRole('link', { name: 'Contacts' }).first().click();

  const table = page.getByRole('table', { name: 'Contacts' });
  await expect(table.getByRole('row').filter({ hasText: 'grosir' })).toHaveCount(2);
  await table.getByRole('row').filter({ hasText: 'Ani' }).getByRole('checkbox').check();
  await expect(page.getByText('1 selected')).toBeVisible();
  await page.getByRole('textbox', { name: 'Tag' }).last().fill('vip');
  await page.getByRole('button', { name: 'Add the tag' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add the tag' }).click();
  await expect(table.getByRole('row').filter({ hasText: 'vip' })).toContainText('Ani');
  await page.getByRole('textbox', { name: 'Tag' }).first().fill('vip');
  await expect(table.getByRole('row')).toHaveCount(2);

  await table.getByRole('button', { name: 'Actions for Ani' }).click();
  await page.getByRole('menuitem', { name: 'Suppress' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Suppress a number' }).click();
  await expect(page.getByText(`${ani} gets no more bulk messages`)).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: ani })).toContainText('Blocked by hand');
  await page.getByRole('row').filter({ hasText: ani }).getByRole('button', { name: 'Remove from the list' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove from the list' }).click();
  await expect(page.getByRole('heading', { name: 'Nobody is suppressed' })).toBeVisible();
});

test('numbers are checked before anybody is written to', async ({ page }) => {
  const api = await arrive(page);
  await connected(api, 'Kasir');
  await page.goto('/contacts/check');
  await choose(page, 'Session that asks', /^Kasir/);
  await page.getByRole('textbox', { name: 'Numbers' }).fill(`${who.reads(310)}\n${who.hasNone(310)}`);
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  const row = (phone: string) => page.getByRole('row').filter({ hasText: phone });
  await expect(row(who.reads(310)).getByText('Has WhatsApp')).toBeVisible();
  await expect(row(who.hasNone(310)).getByText('No WhatsApp')).toBeVisible();
});
