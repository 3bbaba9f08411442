// Home and the request log: what a program asked stands there, with what was wrong; the status names every part.
import { signUp } from './support/account';
import { look } from './support/look';
import { expect, test } from './support/test';

test('a refused request stands on Home and in the log, with what was wrong', async ({ page, baseURL }) => {
  await signUp(page);
  await page.goto('/developers?new');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Web shop');
  await page.getByRole('button', { name: 'Create the key' }).click();
  const command = await page.getByText(/X-Api-Key: /).textContent();
  const key = /X-Api-Key: (\S+)"/.exec(command ?? '')?.[1] ?? '';
  const answer = await fetch(`${baseURL}/api/v1/messages/msg_nothing`, { headers: { 'X-Api-Key': key } });
  expect(answer.status).toBe(404);
  const id = answer.headers.get('x-request-id') ?? '';

  await page.goto('/');
  const build = page.getByRole('region', { name: 'Building on the API' });
  await build.getByRole('link', { name: /msg_nothing/ }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByText(id)).toBeVisible();
  await expect(drawer.getByText('Web shop')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('textbox', { name: 'Path starts with' }).fill('/api/v1/sessions');
  await expect(page.getByRole('heading', { name: 'No results for these filters' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(page.getByRole('cell', { name: /msg_nothing/ })).toBeVisible();
  await look(page, 'request-log');
});

test('the status names every part', async ({ page }) => {
  await signUp(page);
  await page.getByRole('button', { name: 'Status: Everything works' }).click();
  const parts = page.getByRole('dialog').getByRole('listitem');
  await expect(parts).toHaveCount(6);
  await expect(parts.filter({ hasText: 'Database' })).toContainText('works');
});
