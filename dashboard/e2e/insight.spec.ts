// What a campaign, a pace and a list tell before one acts: word for word, hour by hour, counted.
import type { Page } from '@playwright/test';
import { apiOf, connected, signUp } from './support/account';
import { look } from './support/look';
import { expect, test } from './support/test';

const phone = (n: number) => `+62812345670${String(n).padStart(2, '0')}`;

function person(n: number, name: string, kota?: string) {
  const variables: Record<string, string> = kota ? { kota } : {};
  return { phone: phone(n), name, variables };
}

async function draft(page: Page) {
  const api = await apiOf(await signUp(page));
  const session = await connected(api);
  const text = (words: string) => ({ type: 'text' as const, text: words });
  const made = await api.POST('/api/v1/campaigns', {
    body: { name: 'Sale', content: text('later'), session_ids: [session], check_number: 'skip', kind: 'marketing' },
  });
  const id = made.data?.id ?? '';
  const path = { params: { path: { id } } };
  const contacts = [person(1, 'Budi', 'Medan'), person(2, 'Citra', 'Palu'), person(3, 'Dewi')];
  await api.POST('/api/v1/campaigns/{id}/recipients', { ...path, body: { contacts } });
  await api.PATCH('/api/v1/campaigns/{id}', { ...path, body: { content: text('{Hi|Hello} {{name}} in {{kota}}') } });
  return { api, id, session };
}

test('the check shows what each person reads and who is left out', async ({ page }) => {
  const { api, id } = await draft(page);
  const told = await api.GET('/api/v1/campaigns/{id}/preview', { params: { path: { id } } });
  await page.goto(`/campaigns/${id}/edit?step=check`);
  await expect(page.getByText(told.data?.items[0]?.text ?? 'nothing')).toBeVisible();
  await expect(page.getByText('1 person on the list would not get it.')).toBeVisible();
  await expect(page.getByText('1 person has no value for {{kota}}.')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Sender capacity' })).toContainText('Front desk');
  await look(page, 'campaign-check');

  await page.getByRole('button', { name: 'Previous person' }).click();
  await expect(page.getByText('This person has no value for kota')).toBeVisible();
});

test('a pace shows the day it makes while it is changed', async ({ page }) => {
  const { session } = await draft(page);
  await page.goto(`/sessions/${session}?tab=pace`);
  const day = page.getByRole('region', { name: 'A day at this pace' });
  await expect(day.getByText('About 800 bulk messages per day.')).toBeVisible();
  await page.getByLabel('Messages per day').fill('100');
  await expect(day.getByText('About 80 bulk messages per day.')).toBeVisible();
  await expect(day.getByText('Limited by the daily cap.')).toBeVisible();
  await look(page, 'session-pace');
  await page.getByLabel('Shortest pause').fill('90');
  await expect(day.getByText('The longest is shorter than the shortest.')).toBeVisible();
});

test('many messages are counted before they are taken back', async ({ page }) => {
  const { api, session } = await draft(page);
  const send = (to: string) => {
    const content = { type: 'text' as const, text: 'hello' };
    const body = { session_id: session, to, content, class: 'transactional', check_number: 'skip' } as const;
    return api.POST('/api/v1/messages', { body });
  };
  const params = { path: { id: (await send(phone(9))).data?.id ?? '' } };
  const state = async () => (await api.GET('/api/v1/messages/{id}', { params })).data?.state ?? '';
  await expect.poll(state).toMatch(/delivered|read/);
  await api.POST('/api/v1/sessions/{id}/stop', { params: { path: { id: session } } });
  for (const n of [10, 11, 12]) await send(phone(n));
  await page.goto(`/sessions/${session}`);
  const did = page.getByRole('region', { name: 'Activity' });
  await expect(did.getByRole('button', { name: 'Show as a table' })).toBeVisible();
  await look(page, 'session');
  await page.getByRole('button', { name: 'Actions for Front desk' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog').getByText('3 waiting messages are cancelled')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.goto(`/messages?session=${session}`);
  await page.getByRole('button', { name: 'Cancel waiting messages' }).click();
  await expect(page.getByRole('dialog').getByText('3 waiting messages are cancelled')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel them' }).click();
  await expect(page.getByText('3 messages are cancelled')).toBeVisible();
  await look(page, 'messages-cancelled');
});

test('many contacts are counted before they lose a tag', async ({ page }) => {
  const api = await apiOf(await signUp(page));
  for (const n of [10, 11, 12]) {
    await api.POST('/api/v1/contacts', { body: { phone: phone(n), name: `Person ${n}`, tags: ['old'] } });
  }
  await page.goto('/contacts');
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await expect(page.getByText('3 selected')).toBeVisible();
  await page.getByRole('textbox', { name: 'Tag', exact: true }).last().fill('old');
  await page.getByRole('button', { name: 'Remove the tag' }).click();
  await expect(page.getByRole('dialog').getByText('3 contacts lose the tag')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the tag' }).click();
  await expect(page.getByText('3 contacts lost the tag')).toBeVisible();
  await look(page, 'contacts');
  const tagged = await api.GET('/api/v1/contacts', { params: { query: { tag: 'old' } } });
  expect(tagged.data?.items).toEqual([]);
});
