// Components that show one value: a time, a state, a progress.
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { render } from '../test/render';
import { LiveMark } from './LiveMark';
import { Progress } from './Progress';
import { StatusBadge } from './StatusBadge';
import { ExactTime, Time } from './Time';

test('a time is told relative to now, and no time is a dash', () => {
  const at = new Date(Date.now() - 3 * 60_000 - 1000).toISOString();
  render(<Time at={at} />);
  expect(screen.getByText('3 minutes ago').getAttribute('datetime')).toBe(at);
  render(<Time at={null} />);
  expect(screen.getByText('–')).toBeTruthy();
});

test("an exact time is in the person's zone, and names it", () => {
  render(<ExactTime at="2026-11-23T09:41:07Z" />);
  expect(screen.getByText(/^23 Nov 2026, 16:41:07 (WIB|GMT\+7)$/)).toBeTruthy();
});

test('a state has a word and a shape beside its colour', () => {
  const { container } = render(<StatusBadge tone="bad" label="Failed" />);
  expect(screen.getByText('Failed').getAttribute('data-tone')).toBe('bad');
  expect(container.querySelector('svg[data-tone=bad]')?.getAttribute('aria-hidden')).toBe('true');
});

test('progress is told in figures, percent and to screen readers', () => {
  render(<Progress done={1234} total={4936} label="Progress of Gajian" />);
  expect(screen.getByText('1,234 / 4,936')).toBeTruthy();
  expect(screen.getByText('25%')).toBeTruthy();
  expect(screen.getByRole('progressbar', { name: 'Progress of Gajian' }).getAttribute('aria-valuenow')).toBe('25');
});

test('progress of nothing is 0 %, not a division by zero', () => {
  render(<Progress done={0} total={0} label="Nothing" />);
  expect(screen.getByText('0%')).toBeTruthy();
});

test('what is not live does not claim to be', () => {
  render(<LiveMark state="stale" />);
  expect(screen.getByRole('status').textContent).toBe('Not live');
  expect(screen.queryByText('Live')).toBeNull();
});
