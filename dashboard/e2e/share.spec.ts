// A link by which somebody without a login pairs a session, until it is revoked.
import { apiOf, signUp } from './support/account';
import { look } from './support/look';
import { expect, test } from './support/test';

test('who has the link sees the code without a login, until the link is revoked', async ({ page, browser }) => {
  const api = await apiOf(await signUp(page));
  const made = await api.POST('/api/v1/sessions', { body: { name: 'Gudang', start: true } });
  await page.goto(`/sessions/${made.data?.id}/pair`);
  await page.getByRole('button', { name: 'Share a link' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create the link' }).click();
  const link = await dialog.getByRole('textbox', { name: /^Link/ }).inputValue();

  const elsewhere = await browser.newContext({ locale: 'id-ID', reducedMotion: 'reduce' });
  const guest = await elsewhere.newPage();
  await guest.goto(link);
  await expect(guest.getByRole('img', { name: 'Kode QR untuk dipindai dengan WhatsApp' })).toBeVisible();
  await look(guest, 'shared-pairing');

  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await expect(dialog.getByText('Active links')).toHaveCount(0);
  await guest.goto(link);
  await guest.getByText('English').click();
  await expect(guest.getByRole('heading', { name: 'This link has ended' })).toBeVisible();
  await elsewhere.close();
});
