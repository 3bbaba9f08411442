import { expect, test } from 'vitest';
import { reached } from './campaign';

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
  expect(reached({ by_state })).toEqual({ sent: 40, delivered: 30, read: 10, failed: 3, cancelled: 4, done: 47 });
  expect(reached({ by_state: {} }).done).toBe(0);
});
