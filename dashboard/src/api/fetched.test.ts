import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetched } from './fetched';

const kept = new Map<string, string>();

beforeEach(() => {
  vi.useFakeTimers();
  kept.clear();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const broken = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));

test('a failed part opens the page again as soon as the server answers, twice at most', async () => {
  const health = vi.fn().mockRejectedValueOnce(new TypeError('no network')).mockResolvedValue({ ok: true });
  vi.stubGlobal('fetch', health);
  const reload = vi.fn();
  void fetched('/campaigns', broken, reload);
  await vi.advanceTimersByTimeAsync(300);
  expect(reload).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(600);
  expect(reload).toHaveBeenCalledTimes(1);
  expect(health).toHaveBeenCalledTimes(2);

  void fetched('/campaigns', broken, reload);
  await vi.advanceTimersByTimeAsync(300);
  expect(reload).toHaveBeenCalledTimes(2);
  await expect(fetched('/campaigns', broken, reload)).rejects.toThrow('Failed to fetch');
  expect(reload).toHaveBeenCalledTimes(2);
});

test('a part that was fetched starts counting anew', async () => {
  kept.set('wahana-reloads:/campaigns', '2');
  expect(await fetched('/campaigns', async () => 'screen')).toBe('screen');
  expect(kept.size).toBe(0);
});

test('without a server the error is told, and the page stays', async () => {
  vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new TypeError('no network')));
  const reload = vi.fn();
  const told = expect(fetched('/campaigns', broken, reload)).rejects.toThrow('Failed to fetch');
  await vi.advanceTimersByTimeAsync(60_000);
  await told;
  expect(reload).not.toHaveBeenCalled();
});
