import { useSyncExternalStore } from 'react';
import { $api } from './client';
import { session } from './session';

export const useSessionStatus = () => useSyncExternalStore(session.subscribe, session.status);

/** Who is logged in and where. Screens are only shown when it is there. */
export function useProfile() {
  const enabled = useSessionStatus() !== 'out';
  const { data } = $api.useQuery('get', '/api/v1/user/profile', {}, { staleTime: 60_000, enabled });
  return data;
}
