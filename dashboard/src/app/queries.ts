import { QueryClient } from '@tanstack/react-query';
import { connection } from '../api/connection';
import { asFault, OFFLINE } from '../api/problem';

const MAX_TRIES = 3;

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      // Refused requests are not retried; unanswered ones are.
      retry: (failures, error) => {
        const { code, status } = asFault(error);
        return failures < MAX_TRIES && (code === OFFLINE || status === undefined || status >= 500);
      },
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

connection.onReturn(() => void queries.invalidateQueries());
