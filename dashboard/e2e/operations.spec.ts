// Operations: what waits and why, how that was, and one job's story by a link.
import { comeBack, connected } from './support/account';
import { sends } from './support/arrange';
import { look } from './support/look';
import { who } from './support/sim';
import { expect, test } from './support/test';
import { OPERATORS } from './support/world';

test('the queues, their history, and a job that waits', async ({ page }) => {
  const api = await comeBack(page, OPERATORS.queues);
  const session = await connected(api, 'Kasir Antrean');
  await api.POST('/api/v1/sessions/{id}/stop', { params: { path: { id: session } } });
  const message = await sends(api, session, who.gets(800), 'Ini menunggu.');

  await page.goto('/operations');
  await expect(page.getByRole('link', { name: /^Oldest due/ })).toBeVisible();
  await expect(page.getByRole('figure').filter({ hasText: 'Waiting jobs' })).toContainText(/now .*, peak/);
  await look(page, 'operations');

  await page.getByRole('tab', { name: 'Jobs' }).click();
  await page.getByRole('textbox', { name: 'Number, job or message ID' }).fill(message);
  const job = page.getByRole('link', { name: 'Send a message' });
  // Those of other tests are there until the filter holds.
  await expect(job).toHaveCount(1);
  await job.click();
  const story = page.getByRole('dialog');
  await expect(story.getByText('Accepted')).toBeVisible();
  await page.reload();
  await expect(story.getByRole('link', { name: message })).toBeVisible();
  await story.getByRole('link', { name: session }).click();
  await expect(page.getByText(`Session ${session}`)).toBeVisible();
  await page.getByRole('button', { name: `Remove filter: Session ${session}` }).click();
  await expect(page.getByText(`Session ${session}`)).toHaveCount(0);
});
