import { expect, test } from 'vitest';
import { type Campaign, isLate, reached } from './campaign';

test('who has read it has also got it, and everybody is counted once as done', () => {
  const by_state = {
    queued: 5,
    sending: 1,
    sent: 10,
    delivered: 20,
    read: 7,
    played: 3,
    failed: 2,
    expired: 1,
    cancelled: 4,
  };
  expect(reached({ state: 'running', by_state })).toEqual({
    sent: 40,
    delivered: 30,
    read: 10,
    failed: 3,
    cancelled: 4,
    done: 47,
  });
  expect(reached({ state: 'running', by_state: {} }).done).toBe(0);
});

test('f8: what a cancelled campaign took back is not done', () => {
  const by_state = { sent: 2, delivered: 3, failed: 1, cancelled: 494 };
  expect(reached({ state: 'cancelled', by_state })).toMatchObject({ sent: 5, cancelled: 494, done: 6 });
  expect(reached({ state: 'cancelled', by_state: { cancelled: 500 } }).done).toBe(0);
  expect(reached({ state: 'finished', by_state }).done).toBe(500);
});

test('b21: a paused campaign is late from its deadline on', () => {
  const late = (state: Campaign['state'], now: string) =>
    isLate({ state, pace: { finish_by: '2026-11-24T12:00:00Z' } as Campaign['pace'] }, new Date(now));
  expect(late('paused', '2026-11-24T11:59:59Z')).toBe(false);
  expect(late('paused', '2026-11-24T12:00:00Z')).toBe(true);
  expect(late('running', '2026-11-25T12:00:00Z')).toBe(false);
  expect(isLate({ state: 'paused', pace: {} as Campaign['pace'] })).toBe(false);
});
