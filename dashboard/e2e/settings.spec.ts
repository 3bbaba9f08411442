// What is chosen in the settings is kept, and holds after a reload and on other devices.
import { apiOf, arrive, somebody } from './support/account';
import { choose } from './support/form';
import { expect, test } from './support/test';

test('name, language, zone and theme follow the person', async ({ page, browser, baseURL }) => {
  const person = somebody();
  await arrive(page, person);
  await page.goto('/settings');
  const you = page.locator('form').filter({ has: page.getByLabel('Your name') });
  await you.getByLabel('Your name').fill('Ana Wijaya');
  await choose(you, 'Your time zone', 'Asia/Makassar');
  await choose(you, 'Theme', 'Dark');
  await choose(you, 'Language', 'Bahasa Indonesia');
  await you.getByRole('button', { name: 'Save' }).click();

  const chosen = async () => {
    await expect(page.getByRole('heading', { name: 'Pengaturan' })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'id');
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    await expect(page.getByText('Ana Wijaya', { exact: true }).first()).toBeVisible();
  };
  await chosen();
  await page.reload();
  await chosen();
  await page.goto('/messages/new');
  await expect(page.getByText('(WITA)').first()).toBeVisible();

  const other = await browser.newContext({ baseURL, colorScheme: 'light', locale: 'en-GB' });
  const phone = await other.newPage();
  await phone.goto('/login');
  await phone.getByLabel('Email').fill(person.email);
  await phone.getByRole('textbox', { name: 'Password' }).fill(person.password);
  await phone.getByRole('button', { name: 'Log in' }).click();
  await expect(phone.getByRole('heading', { name: 'Halo, Ana Wijaya' })).toBeVisible();
  await expect(phone.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await other.close();
});

test('the menu changes language and theme for good, too', async ({ page }) => {
  await arrive(page);
  await page.goto('/');
  await page.getByRole('button', { name: 'Your account and appearance' }).click();
  await page.getByText('Indonesia', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Halo, Ana' })).toBeVisible();
  await page.getByRole('menu').locator('label').nth(1).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.goto('/settings');
  await expect(page.getByLabel('Tema').and(page.locator('input'))).toHaveValue('Gelap');
  await expect(page.getByLabel('Bahasa', { exact: true }).and(page.locator('input'))).toHaveValue('Bahasa Indonesia');
});

test('the organization has a name, a zone and a colour that all of it wears', async ({ page }) => {
  await arrive(page);
  await page.goto('/settings');
  const form = page.locator('form').filter({ has: page.getByLabel('Time zone of the organization') });
  await form.getByRole('textbox', { name: 'Name' }).fill('Toko Maju');
  await choose(form, 'Time zone of the organization', 'Asia/Jayapura');
  await form.getByLabel('Colour', { exact: true }).and(form.locator('input')).fill('#6b3fa0');
  await page.keyboard.press('Tab');
  await form.getByRole('button', { name: 'Save' }).click();
  const save = form.getByRole('button', { name: 'Save' });
  const worn = async () => {
    await page.mouse.move(0, 0);
    await expect(save).toHaveCSS('background-color', 'rgb(107, 63, 160)');
    await expect(page.getByText('Toko Maju', { exact: true })).toBeVisible();
  };
  await worn();
  await page.reload();
  await worn();
  await page.goto('/messages/new');
  await expect(page.getByText('(GMT+9)').first()).toBeVisible();
});

test('a device is logged out from another one, and a new password ends the rest', async ({ page }) => {
  const person = somebody();
  await arrive(page, person);
  const stolen = await apiOf(person);
  await page.goto('/settings');
  const devices = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Devices' }) });
  await expect(devices.getByRole('listitem')).toHaveCount(2);
  await expect(devices.getByRole('listitem').filter({ hasText: 'This device' })).toHaveCount(1);
  await devices.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Log out' }).click();
  await expect(devices.getByRole('listitem')).toHaveCount(1);
  await expect(stolen.GET('/api/v1/user/profile')).rejects.toThrow('401');

  const second = await apiOf(person);
  await page.getByLabel('Current password').fill(person.password);
  await page.getByRole('textbox', { name: 'New password' }).fill('gajah duduk manis');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('The password is changed')).toBeVisible();
  await expect(second.GET('/api/v1/user/profile')).rejects.toThrow('401');
  await apiOf({ ...person, password: 'gajah duduk manis' });
});
