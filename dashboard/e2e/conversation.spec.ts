// One message and its answer: paired by QR, sent, delivered and read, answered from the inbox, until the person opts out.
import { apiOf, BRISK, connected, signUp } from './support/account';
import { look } from './support/look';
import { scans, who, writes, writesAs } from './support/sim';
import { expect, test } from './support/test';

test('from the QR code to an answer in the inbox, until the person opts out', async ({ page }) => {
  const person = await signUp(page);
  await page.getByRole('link', { name: 'Pair a number' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Front desk');
  await page.getByRole('button', { name: 'Create and start' }).click();
  await expect(page.getByRole('img', { name: 'QR code to scan with WhatsApp' })).toBeVisible();
  const session = /ses_[^/]+/.exec(page.url())?.[0] ?? '';
  expect(await scans(session, 'Toko Ana')).toBe(true);
  await expect(page.getByRole('heading', { name: 'Paired', exact: true })).toBeVisible();

  // People wait half a minute between two messages; this test does not.
  const api = await apiOf(person);
  await api.PATCH('/api/v1/sessions/{id}', { params: { path: { id: session } }, body: { policy: BRISK } });

  await page.getByRole('link', { name: 'Write the first message' }).click();
  await page.getByLabel(/^To\b/).and(page.locator('input')).fill(who.gets(1));
  await page.getByRole('textbox', { name: 'Text' }).fill('Pesanan *1017* sudah dikirim.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('heading', { name: `To ${who.gets(1)}` })).toBeVisible();
  const story = page.getByRole('region', { name: 'Timeline' });
  await expect(story.getByText('Accepted by WhatsApp')).toBeVisible();
  await expect(story.getByText('Delivered to the phone')).toBeVisible();
  await expect(story.getByText('Read', { exact: true })).toHaveCount(0);

  await writes(session, who.gets(1), 'Terima kasih, kapan sampai?');
  await page.getByRole('link', { name: 'Inbox' }).click();
  await page.getByRole('button', { name: /kapan sampai/ }).click();
  const said = page.getByRole('log');
  await expect(said.getByText('Terima kasih, kapan sampai?')).toBeVisible();
  await expect(said.getByRole('img', { name: 'Delivered' })).toHaveCount(1);

  await page.getByRole('textbox', { name: 'Write a reply' }).fill('Besok pagi.');
  await page.keyboard.press('Enter');
  await expect(said.getByText('Besok pagi.')).toBeVisible();
  await expect(said.getByRole('img', { name: 'Delivered' })).toHaveCount(2);
  await expect(page.getByRole('textbox', { name: 'Write a reply' })).toHaveValue('');

  await page.getByRole('button', { name: 'Opt out' }).click();
  const question = page.getByRole('dialog');
  await expect(question.getByText(`${who.gets(1)} is added to the suppression list`)).toBeVisible();
  await question.getByRole('button', { name: 'Opt out' }).click();
  await expect(page.getByText('This person opted out.')).toBeVisible();
  await page.goto('/contacts/suppressions');
  await expect(page.getByRole('cell', { name: who.gets(1) })).toBeVisible();
});

test('who hides their number is somebody as soon as it is known', async ({ page }) => {
  const session = await connected(await apiOf(await signUp(page)));
  const lid = '123456789012345@lid';
  await writes(session, lid, 'Halo, masih ada?');
  await page.goto('/inbox');
  await page.getByRole('button', { name: /masih ada/ }).click();
  await expect(page.getByText('WhatsApp hides this person’s number.')).toBeVisible();
  // Who hides the number can be left alone and saved as well.
  await expect(page.getByRole('button', { name: 'Opt out' })).toBeVisible();
  await look(page, 'inbox-hidden');
  await page.getByRole('textbox', { name: 'Write a reply' }).fill('Masih.');

  await writesAs(session, lid, who.gets(2), 'Nomor saya ini');
  await expect(page.getByRole('log').getByText('Nomor saya ini')).toBeVisible();
  await expect(page.getByText('WhatsApp hides this person’s number.')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Opt out' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Write a reply' })).toHaveValue('Masih.');
});

test('a chat that joins another says so and keeps what was typed', async ({ page }) => {
  const session = await connected(await apiOf(await signUp(page)));
  const lid = '123456789012346@lid';
  await writes(session, who.gets(3), 'Dari nomor saya');
  await writes(session, lid, 'Dari tempat lain');
  await page.goto('/inbox');
  await page.getByRole('button', { name: /Dari tempat lain/ }).click();
  await page.getByRole('textbox', { name: 'Write a reply' }).fill('Baik.');
  await writesAs(session, lid, who.gets(3), 'Ini juga saya');
  await expect(page.getByText('The conversation continues under it')).toBeVisible();
  await page.keyboard.press('Enter');
  await page
    .getByRole('button', { name: /Baik|Ini juga saya/ })
    .first()
    .click();
  const said = page.getByRole('log');
  for (const text of ['Dari nomor saya', 'Dari tempat lain', 'Ini juga saya', 'Baik.']) {
    await expect(said.getByText(text)).toBeVisible();
  }
});
