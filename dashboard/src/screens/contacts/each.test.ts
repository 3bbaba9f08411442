import { expect, test } from 'vitest';
import { each } from './each';

test('each is done once, and progress ends at the whole', async () => {
  const done: number[] = [];
  const seen: number[] = [];
  await each(
    [1, 2, 3, 4, 5, 6, 7],
    async (item) => {
      done.push(item);
      return {};
    },
    (count) => seen.push(count),
  );
  expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(seen.at(-1)).toBe(7);
});

test('after a failure nothing more is begun', async () => {
  const begun: number[] = [];
  const items = Array.from({ length: 100 }, (_, index) => index);
  const run = each(
    items,
    async (item) => {
      begun.push(item);
      return item === 2 ? { error: 'no' } : {};
    },
    () => {},
  );
  await expect(run).rejects.toBe('no');
  expect(begun.length).toBeLessThan(20);
});
