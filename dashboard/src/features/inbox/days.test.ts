import { expect, test } from 'vitest';
import { dayName, shortly } from './days';

const jakarta = { language: 'id', timeZone: 'Asia/Jakarta' };
const utc = { language: 'en-GB', timeZone: 'UTC' };

test('a day ends at midnight of the zone', () => {
  const at = new Date('2026-11-22T17:30:00Z');
  const now = new Date('2026-11-23T03:00:00Z');
  expect(dayName(at, now, jakarta)).toBe('hari ini');
  expect(dayName(at, now, utc)).toBe('yesterday');
  expect(shortly(at, now, jakarta)).toBe('00.30');
  expect(shortly(at, now, utc)).toBe('22 Nov');
  expect(dayName(at, new Date('2026-12-01T00:00:00Z'), utc)).toBe('Sun, 22 Nov 2026');
});
