import { TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { render } from '../test/render';
import { SubmitForm } from './SubmitForm';
import { useSubmit } from './useSubmit';
import { useUnsaved } from './useUnsaved';

type Answer = { data?: string; error?: unknown };

function Form({ call, done }: { call: (values: { name: string }) => Promise<Answer>; done: (data: string) => void }) {
  const form = useForm({ initialValues: { name: '' } });
  useUnsaved('test', form);
  const sending = useSubmit(form, call, done);
  return (
    <SubmitForm sending={sending} label="Save">
      <TextInput label="Name" {...form.getInputProps('name')} />
    </SubmitForm>
  );
}

const send = async (call: (values: { name: string }) => Promise<Answer>) => {
  const done = vi.fn();
  const view = render(<Form call={call} done={done} />);
  await userEvent.type(screen.getByLabelText('Name'), 'Kasir');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  return { done, ...view };
};

test('sends what was typed and tells what came of it', async () => {
  const call = vi.fn(async () => ({ data: 'made' }));
  const { done } = await send(call);
  expect(call).toHaveBeenCalledWith({ name: 'Kasir' });
  await waitFor(() => expect(done).toHaveBeenCalledWith('made'));
});

test('a problem of a field stands at its input and nowhere else', async () => {
  const error = { code: 'new_code', title: 'Wrong', detail: 'Too short for us', field: 'name', status: 422 };
  const { done } = await send(async () => ({ error }));
  const input = screen.getByLabelText('Name');
  await waitFor(() => expect(input.getAttribute('aria-invalid')).toBe('true'));
  expect(await screen.findByText('Too short for us')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
  expect(done).not.toHaveBeenCalled();
  expect((input as HTMLInputElement).value).toBe('Kasir');
});

test('a problem of something else stands above the form', async () => {
  const error = { code: 'new_code', title: 'Wrong', detail: 'Not today', field: 'plan', status: 409 };
  await send(async () => ({ error }));
  expect((await screen.findByRole('alert')).textContent).toContain('Wrong');
  expect(screen.getByLabelText('Name').getAttribute('aria-invalid')).not.toBe('true');
});

test('an unreachable server takes nothing of what was typed, also over a reload', async () => {
  const { unmount } = await send(async () => {
    throw new TypeError('no network');
  });
  expect((await screen.findByRole('alert')).textContent).toContain('The server cannot be reached');
  unmount();
  render(<Form call={async () => ({})} done={() => {}} />);
  await waitFor(() => expect((screen.getByLabelText('Name') as HTMLInputElement).value).toBe('Kasir'));
});
