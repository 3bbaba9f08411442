import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { render } from '../test/render';
import { ConfirmImpact } from './ConfirmImpact';

type Props = Parameters<typeof ConfirmImpact>[0];

function ask(props: Partial<Props> = {}) {
  const onClose = vi.fn();
  const onConfirm = vi.fn(() => Promise.resolve());
  render(
    <ConfirmImpact
      opened
      title="Delete the session"
      confirm="Delete"
      impact={['3 messages are cancelled']}
      onClose={onClose}
      onConfirm={onConfirm}
      {...props}
    >
      It cannot be undone.
    </ConfirmImpact>,
  );
  return { onClose, onConfirm, button: () => screen.getByRole('button', { name: 'Delete' }) as HTMLButtonElement };
}

test('names what it hits, acts once and closes', async () => {
  const { onClose, onConfirm, button } = ask();
  expect(screen.getByText('3 messages are cancelled')).toBeTruthy();
  await userEvent.click(button());
  expect(onConfirm).toHaveBeenCalledTimes(1);
  await waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
});

test('cannot be confirmed before the impact is counted', () => {
  const { button } = ask({ impact: undefined });
  expect(button().disabled).toBe(true);
});

test('cannot be confirmed where there is nothing to do', () => {
  const { button } = ask({ disabled: true });
  expect(button().disabled).toBe(true);
});

test('wants the name to be typed exactly', async () => {
  const { button } = ask({ typed: 'Kasir' });
  const input = screen.getByRole('textbox');
  await userEvent.type(input, 'kasir');
  expect(button().disabled).toBe(true);
  await userEvent.clear(input);
  await userEvent.type(input, 'Kasir');
  expect(button().disabled).toBe(false);
});

test('stays open and says why when it fails', async () => {
  const onConfirm = vi.fn(() => Promise.reject(new TypeError('no network')));
  const { onClose, button } = ask({ onConfirm });
  await userEvent.click(button());
  expect(await screen.findByRole('alert')).toBeTruthy();
  expect(onClose).not.toHaveBeenCalled();
  expect(button().disabled).toBe(false);
});
