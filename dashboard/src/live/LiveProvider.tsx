import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { type LiveState, useLive } from './useLive';

/** Something of the organization changed; the stream tells what kind and which, never more. */
export interface Hint {
  kind: string;
  id?: string;
}

type Listener = (hint: Hint | undefined) => void;

const listeners = new Set<Listener>();
const State = createContext<LiveState>('stale');

/** One stream for all of a tab. Screens say with `useHints` what they want to hear of. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const tell = (hint: Hint | undefined) => {
    for (const listener of listeners) listener(hint);
  };
  const state = useLive('/api/v1/stream', {
    onEvent: ({ data }) => tell(JSON.parse(data) as Hint),
    onPoll: () => tell(undefined),
  });
  return <State.Provider value={state}>{children}</State.Provider>;
}

/** How live the screen is, for `LiveMark`. */
export const useLiveState = () => useContext(State);

const GATHER_MS = 300;

/**
 * Asks again for what the screen shows when something of these kinds changed. Many hints at once are one question.
 * `path` is the beginning of the queries' path: `/api/v1/sessions` covers the list and every single one.
 */
export function useHints(kinds: string[], path: string): LiveState {
  const client = useQueryClient();
  const wanted = useRef(kinds);
  wanted.current = kinds;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listener: Listener = (hint) => {
      if (hint && !wanted.current.includes(hint.kind)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith(path) });
      }, GATHER_MS);
    };
    listeners.add(listener);
    return () => {
      clearTimeout(timer);
      listeners.delete(listener);
    };
  }, [client, path]);
  return useLiveState();
}
