import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { render } from '../test/render';
import { DataList } from './DataList';
import { usePaged } from './usePaged';

type Page = { items: string[]; next_cursor?: string | null };

function List({ fetchPage }: { fetchPage: (cursor?: string) => Promise<{ data?: Page; error?: unknown }> }) {
  const list = usePaged<string>(['get', '/things'], (cursor) => fetchPage(cursor));
  const layout = (rows: string[]) => rows.map((row) => <p key={row}>{row}</p>);
  return (
    <DataList
      label="Things"
      list={list}
      columns={[]}
      rowKey={(row) => row}
      empty={<p>Nothing yet</p>}
      layout={layout}
    />
  );
}

test('follows the cursor until there is none', async () => {
  const pages: Record<string, Page> = {
    first: { items: ['a', 'b'], next_cursor: 'second' },
    second: { items: ['c'], next_cursor: null },
  };
  const fetchPage = vi.fn(async (cursor = 'first') => ({ data: pages[cursor] }));
  render(<List fetchPage={fetchPage} />);
  expect(screen.getByRole('status', { name: 'Things' }).getAttribute('aria-busy')).toBe('true');
  expect(await screen.findByText('b')).toBeTruthy();
  expect(screen.queryByText('c')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
  expect(await screen.findByText('c')).toBeTruthy();
  expect(fetchPage.mock.calls.map(([cursor]) => cursor)).toEqual([undefined, 'second']);
  expect(screen.getByText('a')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull();
});

test('an empty list shows its next step, and no alert', async () => {
  render(<List fetchPage={async () => ({ data: { items: [] } })} />);
  expect(await screen.findByText('Nothing yet')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a refused list is no empty list, and is asked for again on demand', async () => {
  const refused = { code: 'new_code', title: 'Broken', detail: 'It broke', status: 500 };
  const fetchPage = vi
    .fn()
    .mockResolvedValueOnce({ error: refused })
    .mockResolvedValue({ data: { items: ['a'] } });
  render(<List fetchPage={fetchPage} />);
  expect(await screen.findByText('Broken')).toBeTruthy();
  expect(screen.queryByText('Nothing yet')).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('a')).toBeTruthy();
  expect(screen.queryByText('Broken')).toBeNull();
});
