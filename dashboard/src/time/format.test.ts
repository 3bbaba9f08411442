import { expect, test } from 'vitest';
import { age, brief, duration, exact, relative, zoneName } from './format';

const at = new Date('2026-11-23T09:41:07Z');
const jakarta = { language: 'id', timeZone: 'Asia/Jakarta' };

test('a date is told in the zone that is asked for, and the zone is named', () => {
  expect(exact(at, jakarta)).toContain('16.41.07');
  expect(exact(at, jakarta)).toContain('WIB');
  expect(brief(at, { language: 'en-GB', timeZone: 'UTC' })).toContain('09:41');
  expect(zoneName(at, { language: 'en-GB', timeZone: 'Asia/Jakarta' })).toBe('GMT+7');
});

test('the largest unit that fits tells how long ago', () => {
  const before = (seconds: number) => relative(new Date(at.getTime() - seconds * 1000), at, 'en');
  expect(before(0)).toBe('now');
  expect(before(59)).toBe('59 seconds ago');
  expect(before(3599)).toBe('59 minutes ago');
  expect(before(86_400)).toBe('yesterday');
  expect(relative(new Date(at.getTime() + 7200_000), at, 'en')).toBe('in 2 hours');
});

test('a duration has at most two units', () => {
  expect(duration(45, 'en')).toBe('45 sec');
  expect(duration(4830, 'en')).toBe('1 hr 20 min');
  expect(duration(3 * 86_400, 'en')).toBe('3 days');
  expect(age(0.25, 'en')).toBe('0.25s');
  expect(age(75, 'en')).toBe('1 min');
});
