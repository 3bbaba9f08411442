import { $api } from '../../api/client';
import type { Session } from '../../api/types';

const FIRST_200 = { params: { query: { limit: 200 } } };

/** Sessions of the organization, for selects and for names instead of ids. */
export function useSessions(): { sessions: Session[]; nameOf: (id: string) => string } {
  const { data } = $api.useQuery('get', '/api/v1/sessions', FIRST_200, { staleTime: 30_000 });
  const sessions = data?.items ?? [];
  return { sessions, nameOf: (id) => sessions.find((session) => session.id === id)?.name ?? id };
}
