// Without a mouse: sign up, past the menu, and to a screen by the palette.
import { somebody } from './support/account';
import { tabTo } from './support/form';
import { expect, test } from './support/test';

test('an account, the first session and a screen by the palette, by keyboard alone', async ({ page }) => {
  const person = somebody();
  await page.goto('/register');
  for (const [label, value] of [
    ['Organization', person.organization],
    ['Your name', person.name],
    ['Email', person.email],
  ] as const) {
    await tabTo(page, page.getByLabel(label));
    await page.keyboard.type(value);
  }
  await tabTo(page, page.getByRole('textbox', { name: 'Password' }));
  await page.keyboard.type(person.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Hello, Ana' })).toBeVisible();

  // The first stop leads past the menu.
  await tabTo(page, page.getByRole('link', { name: 'Skip to the content' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: 'Pair a number' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Kasir');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Pair Kasir' })).toBeVisible();

  await page.keyboard.press('Control+k');
  const palette = page.getByPlaceholder('Search for a screen or an action…');
  await expect(palette).toBeFocused();
  await page.keyboard.type('contact');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Contacts', exact: true })).toBeVisible();
  // A question is closed by Escape, and the keyboard is where it was.
  const open = page.getByRole('link', { name: 'New contact' });
  await tabTo(page, open);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
