import { expect, test, vi } from 'vitest';

vi.mock('../api/client', () => ({ send: fetch }));
const { split } = await import('./stream');

test('events come whole, however the network cuts them', () => {
  const { events, rest } = split(': still here\n\nevent: status\ndata: {"a":1}\n\nevent: sta');
  expect(events).toEqual([{ event: 'status', data: '{"a":1}' }]);
  expect(rest).toBe('event: sta');
  expect(split(`${rest}tus\ndata: x\ndata: y\n\n`).events).toEqual([{ event: 'status', data: 'x\ny' }]);
});
