import { expect, test } from 'vitest';
import { fromWall, toWall } from './wall';

test('a clock on the wall and a moment are each other, in any zone', () => {
  for (const zone of ['Asia/Jakarta', 'America/New_York', 'UTC', 'Asia/Kathmandu']) {
    const at = new Date('2026-11-23T09:41:00Z');
    expect(fromWall(toWall(at, zone), zone)).toEqual(at);
  }
  expect(toWall(new Date('2026-11-23T20:30:00Z'), 'Asia/Jakarta')).toBe('2026-11-24T03:30');
  expect(fromWall('2026-11-24T03:30', 'Asia/Jakarta')).toEqual(new Date('2026-11-23T20:30:00Z'));
});

test('the day the clocks change has its own offset before and after', () => {
  expect(fromWall('2026-03-08T01:30', 'America/New_York').toISOString()).toBe('2026-03-08T06:30:00.000Z');
  expect(fromWall('2026-03-08T03:30', 'America/New_York').toISOString()).toBe('2026-03-08T07:30:00.000Z');
});
