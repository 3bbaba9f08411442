import { type Query, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import type { Model } from '../api/types';
import { askAgain } from './askAgain';
import { readsFar } from './readsFar';
import { type LiveState, useLive } from './useLive';

type Hint = Model<'Hint'>;
type Listener = (hint: Hint | undefined) => void;

const listeners = new Set<Listener>();
const State = createContext<LiveState>('stale');

/** One event stream per tab. Screens subscribe with `useHints`. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const tell = (hint: Hint | undefined) => {
    // Cached answers that no screen shows are outdated, too: the next screen that shows them refetches.
    void client.invalidateQueries({ type: 'inactive', refetchType: 'none' });
    for (const listener of listeners) listener(hint);
  };
  const state = useLive('/api/v1/stream', {
    onEvent: ({ event, data }) => {
      if (event === 'hint') tell(JSON.parse(data) as Hint);
      // From now on nothing is missed; refetch what changed before.
      if (event === 'ready') tell(undefined);
    },
    onPoll: () => tell(undefined),
  });
  return <State.Provider value={state}>{children}</State.Provider>;
}

/** State of the stream, for `LiveMark`. */
export const useLiveState = () => useContext(State);

/** Hints of this time are answered by one refetch, and refetches keep this distance: a busy campaign hints all the time. */
const BATCH_MS = 300;
const MIN_INTERVAL_MS = 1000;

/** Queries that are expensive for the server keep their own interval: `meta: { ownPace: true }`. */
export const follows = ({ queryKey, meta, state }: Query, path: string) =>
  String(queryKey[1]).startsWith(path) && !meta?.ownPace && !readsFar(state.data);

/**
 * Refetches what the screen shows when something of these kinds changed. Many hints at once cause one refetch.
 * `path` is the beginning of the queries' path: `/api/v1/sessions` covers the list and every single one.
 */
export function useHints(kinds: Hint['kind'][], path: string): LiveState {
  const client = useQueryClient();
  const wanted = useRef(kinds);
  wanted.current = kinds;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asked = 0;
    const ask = () => {
      timer = undefined;
      asked = Date.now();
      void askAgain(client, (query) => follows(query, path));
    };
    const listener: Listener = (hint) => {
      if (hint && !wanted.current.includes(hint.kind)) return;
      timer ??= setTimeout(ask, Math.max(BATCH_MS, asked + MIN_INTERVAL_MS - Date.now()));
    };
    listeners.add(listener);
    return () => {
      clearTimeout(timer);
      listeners.delete(listener);
    };
  }, [client, path]);
  return useLiveState();
}
