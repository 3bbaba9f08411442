import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { render } from '../test/render';
import { FilterBar } from './FilterBar';
import { FilterInput } from './FilterInput';
import { useAddressFilters } from './useAddressFilters';

function Bar() {
  const { filters, set, clear } = useAddressFilters(['path', 'method']);
  return (
    <FilterBar filters={filters} clear={clear}>
      <FilterInput aria-label="Path" value={filters.path} onChange={(path) => set({ path })} shortest={2} />
    </FilterBar>
  );
}

const onScreen = (wide: boolean) =>
  vi
    .spyOn(window, 'matchMedia')
    .mockImplementation(
      (media) =>
        ({ matches: wide, media, addEventListener() {}, removeEventListener() {} }) as unknown as MediaQueryList,
    );

test('filters are the address, and what else stands there stays', async () => {
  onScreen(true);
  const { router } = render(<Bar />, '/log?tab=log&method=PUT');
  await userEvent.type(screen.getByRole('textbox', { name: 'Path' }), ' /api ');
  await waitFor(() => expect(router.state.location.search).toBe('?tab=log&method=PUT&path=%2Fapi'));
  await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  await waitFor(() => expect(router.state.location.search).toBe('?tab=log'));
  expect((screen.getByRole('textbox', { name: 'Path' }) as HTMLInputElement).value).toBe('');
  expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull();
});

test('a word that is too short is not looked for', async () => {
  onScreen(true);
  const { router } = render(<Bar />, '/log?path=ab');
  const input = screen.getByRole('textbox', { name: 'Path' }) as HTMLInputElement;
  expect(input.value).toBe('ab');
  await userEvent.type(input, '{backspace}');
  // Longer than the pause that it waits for more letters.
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(router.state.location.search).toBe('?path=ab');
});

test('on a phone one button stands for them and counts those that are set', async () => {
  onScreen(false);
  render(<Bar />, '/log?method=PUT&path=ab');
  expect(screen.queryByRole('textbox', { name: 'Path' })).toBeNull();
  const button = screen.getByRole('button', { name: 'Filters (2)' });
  expect(button.getAttribute('aria-expanded')).toBe('false');
  await userEvent.click(button);
  expect(screen.getByRole('textbox', { name: 'Path', hidden: true })).toBeTruthy();
  expect(button.getAttribute('aria-expanded')).toBe('true');
});
