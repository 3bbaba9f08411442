// One message and its answer: paired by QR, sent, delivered and read, answered from the inbox, until the person opts out.
import { apiOf, BRISK, signUp } from './support/account';
import { scans, who, writes } from './support/sim';
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
  await expect(story.getByText('Taken by WhatsApp')).toBeVisible();
  await expect(story.getByText('Arrived on the phone')).toBeVisible();
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
  await expect(question.getByText(`${who.gets(1)} is put on the suppression list`)).toBeVisible();
  await question.getByRole('button', { name: 'Opt out' }).click();
  await expect(page.getByText('This person wants no more messages.')).toBeVisible();
  await page.goto('/contacts/suppressions');
  await expect(page.getByRole('cell', { name: who.gets(1) })).toBeVisible();
});
