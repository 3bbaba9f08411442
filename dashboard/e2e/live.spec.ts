// A screen says whether it is live, and shows by itself what programs do.
import { arrive } from './support/account';
import { expect, test } from './support/test';

test('the list follows a program, rests in a hidden tab, and gives its requests as curl', async ({ page, context }) => {
  const api = await arrive(page);
  await page.goto('/sessions');
  const mark = (word: string) => page.locator('header').getByText(word, { exact: true });
  await expect(mark('Live')).toBeVisible();
  await api.POST('/api/v1/sessions', { body: { name: 'Made by a program', start: false } });
  await expect(page.getByRole('heading', { name: 'Made by a program' })).toBeVisible();

  for (const [state, word] of [
    ['hidden', 'Paused'],
    ['visible', 'Live'],
  ] as const) {
    await page.evaluate((now) => {
      Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
      Object.defineProperty(document, 'hidden', { value: now === 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, state);
    await expect(mark(word)).toBeVisible();
  }

  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await page.getByRole('menuitem', { name: /^GET \/sessions$/ }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/curl .*\/api\/v1\/sessions/s);
});
