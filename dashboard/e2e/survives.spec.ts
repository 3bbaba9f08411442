// What is typed outlives a login that ran out and a server that restarts; the app outlives a network that changes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Route } from '@playwright/test';
import { apiOf, arrive, somebody } from './support/account';
import { freePort, type Program, startStack } from './support/stack';
import { expect, test } from './support/test';

test('a login that ran out is renewed over the open form, and what was typed is sent', async ({ page }) => {
  const person = somebody();
  await arrive(page, person);
  await page.goto('/contacts?new');
  const form = page.getByRole('dialog', { name: 'New contact' });
  await form.getByRole('textbox', { name: 'Number' }).fill('+6281234567890');
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Citra');
  // From elsewhere this device is logged out: neither its token nor its cookie is good any more.
  const elsewhere = await apiOf(person);
  await elsewhere.DELETE('/api/v1/user/devices');
  await form.getByRole('button', { name: 'Save' }).click();

  const login = page.getByRole('dialog', { name: 'Please log in again' });
  await login.getByRole('textbox', { name: 'Password' }).fill('not this one');
  await login.getByRole('button', { name: 'Continue' }).click();
  await expect(login.getByRole('alert')).toBeVisible();
  await login.getByRole('textbox', { name: 'Password' }).fill(person.password);
  await login.getByRole('button', { name: 'Continue' }).click();
  await expect(login).toBeHidden();
  // The request that waited went on by itself.
  await expect(page.getByText('Citra is saved')).toBeVisible();
  await expect(page.getByRole('table', { name: 'Contacts' }).getByText('Citra')).toBeVisible();
});

/** A stack that no other test uses, so that it may be ended. */
interface Own {
  stack: Program;
  restart: () => Promise<void>;
}

const alone = test.extend<{ own: Own }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs.
  own: async ({}, use) => {
    const data = mkdtempSync(join(tmpdir(), 'wahana-own-'));
    const port = await freePort();
    const own = {
      stack: await startStack(data, port),
      restart: async () => {
        own.stack = await startStack(data, port);
      },
    };
    await use(own);
    await own.stack.stop();
    rmSync(data, { recursive: true, force: true });
  },
  baseURL: async ({ own }, use) => use(own.stack.url),
});

alone('a restart of the server shows, ends by itself, and takes nothing that was typed', async ({ page, own }) => {
  await arrive(page);
  await page.goto('/sessions?new');
  const form = page.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Name' }).fill('Kasir');
  await own.stack.stop();
  await form.getByRole('button', { name: 'Create and start' }).click();
  await expect(form.getByText('The server cannot be reached')).toBeVisible();
  await expect(page.getByText('No connection to the server.', { exact: false })).toBeVisible();

  await own.restart();
  await expect(page.getByText('No connection to the server.', { exact: false })).toBeHidden();
  await expect(page.locator('[data-state=live], [data-state=polling]').first()).toBeAttached();
  await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('Kasir');
  await page.reload();
  await expect(form.getByRole('textbox', { name: 'Name' })).toHaveValue('Kasir');
  await form.getByRole('button', { name: 'Create and start' }).click();
  await expect(page.getByRole('heading', { name: 'Pair Kasir' })).toBeVisible();
});

test('what could not be fetched is fetched again: the app, a screen, its texts', async ({ page }) => {
  await arrive(page);
  const failed: string[] = [];
  for (const part of ['index', 'CampaignsScreen', 'campaigns']) {
    const fail = (route: Route) => {
      failed.push(part);
      return route.abort();
    };
    await page.route(new RegExp(`/assets/${part}-.*\\.js$`), fail, { times: 1 });
  }
  // The page is loaded again meanwhile, so nobody waits for its first load to end.
  await page.goto('/campaigns', { waitUntil: 'commit' });
  await expect(page.getByRole('heading', { name: 'Campaigns', exact: true })).toBeVisible();
  expect(failed).toEqual(['index', 'CampaignsScreen', 'campaigns']);
});

test('a screen that cannot be fetched says so', async ({ page }) => {
  await arrive(page);
  await page.route(/\/assets\/CampaignsScreen-.*\.js$/, (route) => route.abort());
  await page.goto('/campaigns', { waitUntil: 'commit' });
  await expect(page.getByRole('heading', { name: 'Something went wrong on this screen' })).toBeVisible();
});
