import { expect, test } from 'vitest';
import { changeOf, valuesOf } from './pace';

test('times are shown on the clock of the organization and kept in UTC', () => {
  const send_at = '2026-11-24T02:30:00.000Z';
  const pace = {
    messages_per_hour: 120,
    send_window: { from: '08:00', to: '20:00', zone: 'sender' as const },
    finish_by: '2026-11-25T10:00:00.000Z',
  };
  const values = valuesOf({ pace, send_at }, 'Asia/Jakarta');
  expect(values.send_at).toBe('2026-11-24T09:30');
  expect(changeOf(values, 'Asia/Jakarta')).toEqual({ send_at, pace });
});

test('what is empty is no limit', () => {
  const nothing = { messages_per_hour: null, send_window: null, finish_by: null };
  const values = valuesOf({ pace: nothing, send_at: null }, 'UTC');
  expect(changeOf(values, 'UTC')).toEqual({ send_at: null, pace: nothing });
});
