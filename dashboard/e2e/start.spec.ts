// From nothing to a connected number: sign up, first steps, a session that the simulator scans.
import { signUp, somebody } from './support/account';
import { look } from './support/look';
import { scans } from './support/sim';
import { expect, test } from './support/test';

test('sign up, pair, and the first steps tick themselves off', async ({ page }) => {
  await page.goto('/register');
  await look(page, 'register');
  await signUp(page);

  const steps = page.getByRole('region', { name: 'First steps' });
  await expect(steps.getByRole('img', { name: 'Done' })).toHaveCount(1);
  await look(page, 'home');

  await steps.getByRole('link', { name: 'Pair a number' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Front desk');
  await page.getByRole('button', { name: 'Create and start' }).click();
  await expect(page.getByRole('img', { name: 'QR code to scan with WhatsApp' })).toBeVisible();
  const session = /ses_[^/]+/.exec(page.url())?.[0] ?? '';
  expect(await scans(session, 'Toko Ana')).toBe(true);
  await expect(page.getByRole('heading', { name: 'Paired', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Sessions' }).click();
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();

  await page.getByRole('link', { name: 'Home' }).click();
  await expect(steps.getByRole('img', { name: 'Done' })).toHaveCount(2);
});

test('everything is there in Indonesian, also on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 780 });
  const person = somebody();
  await page.goto('/register');
  await page.getByText('Bahasa Indonesia').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'id');
  await page.getByLabel('Organisasi').fill(person.organization);
  await page.getByLabel('Nama Anda').fill(person.name);
  await page.getByLabel('Email').fill(person.email);
  await page.getByRole('textbox', { name: 'Kata sandi' }).fill(person.password);
  await page.getByRole('button', { name: 'Buat akun' }).click();
  await expect(page.getByRole('heading', { name: 'Halo, Ana' })).toBeVisible();

  await page.getByRole('button', { name: 'Buka menu' }).click();
  await page.getByRole('link', { name: 'Sesi', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Belum ada sesi' })).toBeVisible();
  await look(page, 'sessions-empty-id');
});

test('who is logged in stays so over a reload, and after logging out nobody is', async ({ page, context }) => {
  const person = await signUp(page);
  const kept = (await context.cookies()).find(({ name }) => name === 'wahana_refresh');
  expect(kept).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
  expect(await page.evaluate(() => Object.keys(localStorage).join() + document.cookie)).not.toContain('token');

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Hello, Ana' })).toBeVisible();
  await page.getByRole('button', { name: 'Your account and appearance' }).click();
  await page.getByRole('menuitem', { name: 'Log out' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible();

  await page.goto('/sessions');
  await page.getByLabel('Email').fill(person.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: 'Sessions' })).toBeVisible();
});

test('the palette opens by keyboard and leads to a screen', async ({ page }) => {
  await signUp(page);
  const palette = page.getByPlaceholder('Search for a screen or an action…');
  await page.keyboard.press('Control+k');
  await palette.fill('sess');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/sessions/);

  await page.keyboard.press('Control+k');
  await palette.fill('+62 812-1130-5667');
  await expect(page.getByText('Open +62 812-1130-5667')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/messages\?phone=/);
});
