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
 * For what no hint tells of, such as all organizations' queues: asks every few seconds for what the screen shows from
 * below this path. Rests in a hidden tab, and asks at once when one returns.
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
