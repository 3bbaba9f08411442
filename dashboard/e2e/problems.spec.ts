// What went wrong is told in the user's language, and filters leave a phone room for the list.
import { arrive, somebody } from './support/account';
import { accessible, PHONE } from './support/look';
import { expect, test } from './support/test';

const INDONESIAN = { language: 'id' };

test('a problem and a wrong field explain themselves in Indonesian', async ({ page }) => {
  await page.goto('/login');
  await page.getByText('Bahasa Indonesia').click();
  await page.getByLabel('Email').fill('tidak@ada.example');
  await page.getByRole('textbox', { name: 'Kata sandi' }).fill('bukan kata sandi saya');
  await page.getByRole('button', { name: 'Masuk' }).click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Email atau kata sandi salah');
  await expect(alert).toContainText('Periksa keduanya, lalu coba lagi.');
  await expect(alert.locator('[lang=en]')).toHaveCount(0);
  await accessible(page);

  const api = await arrive(page, { ...somebody(), ...INDONESIAN });
  await api.POST('/api/v1/sessions', { body: { name: 'Kasir', start: false } });
  await page.goto('/sessions?new');
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Nama' }).fill('Kasir');
  await form.getByRole('button', { name: 'Buat dan mulai' }).click();
  await expect(form.getByText('Nama itu sudah dipakai. Pilih nama lain.')).toBeVisible();
});

test('on a phone the filters stand behind one button, which counts those that are set', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await arrive(page, { ...somebody(), ...INDONESIAN });
  await page.goto('/developers?tab=log&method=PUT');
  await expect(page.getByRole('textbox', { name: 'Jalur diawali' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Filter (1)' }).click();
  await page.getByRole('textbox', { name: 'ID permintaan' }).fill('req_tidak_ada');
  await expect(page).toHaveURL(/request_id=req_tidak_ada/);
  await expect(page.getByRole('button', { name: 'Filter (2)' })).toBeVisible();
  await page.getByRole('button', { name: 'Hapus filter' }).first().click();
  await expect(page.getByRole('button', { name: 'Filter', exact: true })).toBeVisible();
  await expect(page).not.toHaveURL(/method=/);
});
