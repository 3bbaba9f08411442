import { waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { render } from '../test/render';
import { useAddressFilters } from './useAddressFilters';
import { useOpenRow } from './useOpenRow';

interface Changes {
  set: (path: string) => void;
  close: () => void;
}

/** Gives away what its first render knows: later that is outdated. */
function List({ first }: { first: { changes?: Changes } }) {
  const { set } = useAddressFilters(['path']);
  const { close } = useOpenRow('request');
  first.changes ??= { set: (path) => set({ path }), close };
  return null;
}

test('a change of the address does not undo the one before it, even if that is not rendered yet', async () => {
  const first: { changes?: Changes } = {};
  const { router } = render(<List first={first} />, '/log?request=req_1');
  first.changes?.close();
  await waitFor(() => expect(router.state.location.search).toBe(''));
  first.changes?.set('/api');
  await waitFor(() => expect(router.state.location.search).toBe('?path=%2Fapi'));
});
