import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { $api } from '../../../api/client';
import { askAgain } from '../../../live/askAgain';
import { useLive } from '../../../live/useLive';

/** One session, refetched when its stream reports a change. */
export function useSessionLive(id: string) {
  const client = useQueryClient();
  const again = useCallback(
    () => void askAgain(client, ({ queryKey }) => String(queryKey[1]).startsWith(OF_ONE)),
    [client],
  );
  const live = useLive(`/api/v1/sessions/${id}/status`, { onEvent: again, onPoll: again });
  const query = $api.useQuery('get', '/api/v1/sessions/{id}', { params: { path: { id } } });
  return { live, query, again };
}

const OF_ONE = '/api/v1/sessions/{id}';
