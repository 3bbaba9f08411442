import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { connection } from '../api/connection';
import { askAgain } from './askAgain';
import { follows } from './LiveProvider';
import type { LiveState } from './useLive';

const EVERY_MS = 5000;

function onVisibility(tell: () => void) {
  document.addEventListener('visibilitychange', tell);
  return () => document.removeEventListener('visibilitychange', tell);
}

/**
 * For data without hints, such as the queues of all organizations: refetches every few seconds what the screen shows
 * below this path. Pauses in a hidden tab, and refetches at once when the user returns.
 */
export function useAskOften(path: string): LiveState {
  const client = useQueryClient();
  const hidden = useSyncExternalStore(onVisibility, () => document.hidden);
  const away = useSyncExternalStore(connection.subscribe, connection.isAway);
  const missed = useRef(false);
  useEffect(() => {
    missed.current ||= hidden;
    if (hidden) return;
    const ask = () => void askAgain(client, (query) => follows(query, path));
    if (missed.current) ask();
    missed.current = false;
    const timer = setInterval(ask, EVERY_MS);
    return () => clearInterval(timer);
  }, [client, path, hidden]);
  if (hidden) return 'paused';
  return away ? 'stale' : 'polling';
}
