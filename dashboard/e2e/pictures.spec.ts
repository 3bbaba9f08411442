// The main screens as they are in the middle of a day. With PICTURES=1 the README's pictures come from here.
import { arrive, comeBack } from './support/account';
import { fits, look, PHONE, picture, shown, WIDE } from './support/look';
import { openShop } from './support/shop';
import { expect, test } from './support/test';
import { OPERATORS } from './support/world';

test('a shop in the middle of its day', async ({ page }) => {
  const api = await comeBack(page, OPERATORS.shop);
  const shop = await openShop(api);

  await page.goto(`/campaigns/${shop.running}`);
  await shown(page);
  await expect(page.getByText('Running', { exact: true })).toBeVisible();
  await look(page, 'campaign', true);

  await page.goto('/');
  await shown(page);
  await look(page, 'home', true);

  await page.goto('/sessions');
  await expect(page.getByRole('heading', { name: 'Toko Pusat' })).toBeVisible();
  await look(page, 'sessions', true);

  await page.goto('/inbox');
  await page.getByRole('button', { name: /kurir berangkat/ }).click();
  await expect(page.getByRole('log').getByText('Jalan Braga')).toBeVisible();
  await look(page, 'inbox', true);

  await page.goto('/operations');
  await shown(page);
  await look(page, 'operations', true);
});

test('a number that waits for its scan', async ({ page }) => {
  const api = await arrive(page);
  for (const [viewport, width, theme] of [
    [WIDE, 'wide', 'light'],
    [PHONE, 'phone', 'dark'],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme: theme });
    const made = await api.POST('/api/v1/sessions', { body: { name: `Kasir ${width}`, start: true } });
    await page.goto(`/sessions/${made.data?.id}/pair`);
    await expect(page.getByRole('img', { name: 'QR code to scan with WhatsApp' })).toBeVisible();
    await fits(page);
    await picture(page, `pairing-${width}-${theme}`);
  }
});
