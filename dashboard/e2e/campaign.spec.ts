// A campaign from a dropped file to the last tick, and its figures against the simulator's own log.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { arrive, BRISK, connected, pace } from './support/account';
import { choose, csv } from './support/form';
import { logOf, who } from './support/sim';
import { expect, test } from './support/test';

const [READERS, SILENT, STRANGERS] = [30, 6, 4];
const people = [
  ...Array.from({ length: READERS }, (_, n) => who.reads(100 + n)),
  ...Array.from({ length: SILENT }, (_, n) => who.isOff(100 + n)),
  ...Array.from({ length: STRANGERS }, (_, n) => who.hasNone(100 + n)),
];
const ALL = people.length;
/** All people take most of a minute at this pace: time enough to pause, also on a slow machine. */
const SLOW = pace(900, 1100);
/** Longer than two pauses of that pace. */
const STILL_MS = 2500;
/** Names the columns so that nobody could guess them, doubles one person and gives one no number that exists. */
const FILE = [
  'pelanggan,nomor,kota',
  ...people.map((phone, n) => `Ayu ${n},${phone},Bandung`),
  `Ayu lagi,${people[0]},Bandung`,
  'Budi,12,Medan',
];

test('a file, a message with variables, a pace, launch, pause, resume, and the sums are right', async ({ page }) => {
  const api = await arrive(page);
  const session = await connected(api, 'Toko pusat', SLOW);

  await page.goto('/campaigns/new');
  await page.getByRole('textbox', { name: 'Name' }).fill('Gajian');
  await page.getByRole('button', { name: 'Create draft' }).click();

  await chooseAudience(page);
  await page.getByRole('button', { name: 'Next: Message' }).click();
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('{Hi|Halo} {{name|friend}}, promo di {{kota}}!');
  await expect(page.getByText('Saved as a draft')).toBeVisible();
  await expect(page.getByText(/(Hi|Halo) Ayu \d+, promo di Bandung!/)).toBeVisible();
  await page.getByRole('button', { name: 'Next: Senders' }).click();
  await expect(page.getByRole('checkbox', { name: /Toko pusat/ })).toBeChecked();
  await page.getByRole('button', { name: 'Next: Pace' }).click();
  await page.getByRole('textbox', { name: 'Messages per hour' }).fill('20000');
  await expect(page.getByText(`${ALL} messages, the last probably sent by`)).toBeVisible();
  await page.getByRole('button', { name: 'Next: Check' }).click();
  await page.getByRole('button', { name: `Launch to ${ALL} people` }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: `Launch to ${ALL} people` })
    .click();

  const header = page.locator('header').filter({ has: page.getByRole('heading', { name: 'Gajian' }) });
  await expect.poll(async () => (await logOf(session)).total).toBeGreaterThan(2);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(header.getByText('Paused', { exact: true })).toBeVisible();
  // What was at the door when it was paused is through; then nothing more leaves.
  const paused = await settled(session);
  expect(paused).toBeLessThan(ALL);
  await api.PATCH('/api/v1/sessions/{id}', { params: { path: { id: session } }, body: { policy: BRISK } });
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(header.getByText('Finished', { exact: true })).toBeVisible();

  const log = await logOf(session);
  expect(log.repeatedTexts).toEqual([]);
  expect(new Set(log.sends.map(({ chat_id }) => chat_id)).size).toBe(ALL);
  expect(log.sends.every(({ text }) => /^(Hi|Halo) Ayu \d+, promo di Bandung!$/.test(text))).toBe(true);
  await expect
    .poll(() => figures(page))
    .toEqual({
      People: log.total,
      Sent: log.total - STRANGERS,
      Delivered: READERS,
      Read: READERS,
      Failed: STRANGERS,
    });
  await expect(page.getByRole('heading', { name: `${STRANGERS} people did not get it` })).toBeVisible();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  expect((await lines(await download.path())).length).toBe(1 + ALL);

  await page.getByRole('button', { name: 'Duplicate' }).click();
  await expect(page.getByRole('heading', { name: 'Gajian (copy)' })).toBeVisible();
});

/** Drops the file, says which column is which, sees what is wrong with it, adds the rest, and gets the others back. */
async function chooseAudience(page: Page): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(csv('pelanggan.csv', FILE));
  await choose(page, 'Column with the number', 'nomor');
  await choose(page, 'Column with the name', 'pelanggan');
  const refused = page.getByRole('table', { name: 'Refused lines' });
  await expect(refused.getByRole('row', { name: /Not a phone number/ })).toContainText('12');
  await expect(refused.getByRole('row', { name: /Listed twice/ })).toBeVisible();
  await page.getByRole('button', { name: `Add ${ALL} people` }).click();
  await expect(page.getByText(`${ALL} people are in this campaign`)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Refused lines' }).click(),
  ]);
  const rejects = await lines(await download.path());
  expect(rejects.length).toBe(1 + 2);
  expect(rejects.join('\n')).toContain('Medan');
}

const lines = async (file: string) => (await readFile(file, 'utf8')).trim().split(/\r?\n/);

/** How many were sent, once that stands still. */
async function settled(session: string): Promise<number> {
  let before = -1;
  await expect
    .poll(
      async () => {
        const { total } = await logOf(session);
        const still = total === before;
        before = total;
        return still;
      },
      { intervals: [STILL_MS] },
    )
    .toBe(true);
  return before;
}

/** The funnel as it is read by people. */
async function figures(page: Page): Promise<Record<string, number>> {
  const stages = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Progress', exact: true }) });
  const rows = await stages.getByRole('listitem').allInnerTexts();
  return Object.fromEntries(rows.map((row) => row.split('\n')).map(([name, count]) => [name ?? '', Number(count)]));
}
