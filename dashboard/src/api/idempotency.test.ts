import { expect, test } from 'vitest';
import { IdempotencyKeys } from './idempotency';

test('the same body keeps its key until it was sent, another body has another', () => {
  const keys = new IdempotencyKeys();
  const first = keys.of({ to: '+62811' });
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(keys.of({ to: '+62811' })).toBe(first);
  expect(keys.of({ to: '+62812' })).not.toBe(first);
  const second = keys.of({ to: '+62811' });
  keys.done();
  expect(keys.of({ to: '+62811' })).not.toBe(second);
});
