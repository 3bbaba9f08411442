// A job that gave up: found by its reason, replayed when the cause is gone, and then the message is sent.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BRISK, comeBack, connected } from './support/account';
import { logOf, who } from './support/sim';
import { expect, test } from './support/test';
import { OPERATORS } from './support/world';

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

test('what gave up stands under its reason and is sent when it is replayed', async ({ page }) => {
  const shop = await files();
  const api = await comeBack(page, OPERATORS.jobs);
  const session = await connected(api, 'Dapur', BRISK);
  const media = { url: `${shop.url}/menu.gif`, mimetype: 'image/gif' };
  const sent = await api.POST('/api/v1/messages', {
    params: { header: { 'Idempotency-Key': 'menu' } },
    body: {
      session_id: session,
      to: who.gets(1),
      content: { type: 'image', media, caption: 'Menu' },
      class: 'transactional',
      check_number: 'skip',
    },
  });
  const id = sent.data?.id ?? '';
  await page.goto(`/messages/${id}`);
  await expect(page.getByText('Failed', { exact: true }).first()).toBeVisible();

  await page.getByRole('link', { name: 'Operations' }).click();
  await page.getByRole('tab', { name: 'Dead letters' }).click();
  const group = page.getByRole('row').filter({ hasText: 'media_refused' });
  await expect(group).toContainText('Send a message');
  shop.restock();
  await group.getByRole('button', { name: 'Replay' }).click();
  const question = page.getByRole('dialog');
  await expect(question.getByText('1 job is replayed')).toBeVisible();
  await question.getByRole('button', { name: 'Replay' }).click();
  await expect(page.getByText('1 job replayed; 0 left')).toBeVisible();
  await expect(group).toHaveCount(0);

  await page.goto(`/messages/${id}`);
  await expect(page.getByText('Delivered', { exact: true })).toBeVisible();
  expect((await logOf(session)).sends).toMatchObject([{ kind: 'image', text: 'Menu' }]);
  shop.close();
});

/** Serves a picture, but only once it has one. */
async function files() {
  let there = false;
  const server = createServer((_, answer) => {
    answer.writeHead(there ? 200 : 404, { 'Content-Type': 'image/gif' }).end(there ? PIXEL : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    restock: () => {
      there = true;
    },
    close: () => server.close(),
  };
}
