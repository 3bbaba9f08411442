import { waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { render } from '../test/render';
import { useAddressFilters } from './useAddressFilters';
import { useOpenRow } from './useOpenRow';

test('a change of the address does not undo the one before it, even if that is not rendered yet', async () => {
  let first: { set: (path: string) => void; close: () => void } | undefined;
  function List() {
    const { set } = useAddressFilters(['path']);
    const { close } = useOpenRow('request');
    // What the first render knows: later it is outdated.
    first ??= { set: (path) => set({ path }), close };
    return null;
  }
  const { router } = render(<List />, '/log?request=req_1');
  first?.close();
  await waitFor(() => expect(router.state.location.search).toBe(''));
  first?.set('/api');
  await waitFor(() => expect(router.state.location.search).toBe('?path=%2Fapi'));
});
