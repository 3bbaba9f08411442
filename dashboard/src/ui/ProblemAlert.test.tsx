import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { render } from '../test/render';
import { ProblemAlert } from './ProblemAlert';

const problem = (status: number) => ({
  code: 'came_later',
  title: 'A newer problem',
  detail: 'Told in English',
  request_id: 'req_1',
  status,
});

test('no answer is not our fault, and can be tried again', async () => {
  const onRetry = vi.fn();
  render(<ProblemAlert error={new TypeError('Failed to fetch')} onRetry={onRetry} />);
  expect(screen.getByRole('alert').textContent).toContain('The server cannot be reached');
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(onRetry).toHaveBeenCalledTimes(1);
});

test('a code without words of ours keeps those of the API, marked as English, and the request id', () => {
  render(<ProblemAlert error={problem(500)} onRetry={() => {}} />);
  expect(screen.getByRole('alert').textContent).toContain('A newer problem');
  expect(screen.getByText('Told in English').getAttribute('lang')).toBe('en');
  expect(screen.getByRole('button', { name: 'Request req_1' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
});

test.each([403, 404, 422])('what is refused with %i is not offered again', (status) => {
  render(<ProblemAlert error={problem(status)} onRetry={() => {}} />);
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});
