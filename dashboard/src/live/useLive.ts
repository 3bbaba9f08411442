import { useEffect, useRef, useState } from 'react';
import { type LiveEvent, listen, StreamRefused } from './stream';

/** live: pushed. polling: fetched every few seconds. paused: the tab is hidden. stale: no contact. */
export type LiveState = 'live' | 'polling' | 'paused' | 'stale';

interface Options {
  onEvent?: (event: LiveEvent) => void;
  /** Fetches instead when there is no stream, and after a pause for what was missed. */
  onPoll?: () => void;
  enabled?: boolean;
}

const POLL_MS = 5000;
/** The server says something every 15 s. */
const SILENT_MS = 40_000;
const BACK_OFF_MS = [500, 1000, 2000, 5000, 10_000];

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });

/** Follows an event stream: reconnects, polls where there is no stream, pauses in a hidden tab. */
export function useLive(path: string, { onEvent, onPoll, enabled = true }: Options): LiveState {
  const [state, setState] = useState<LiveState>('stale');
  const handlers = useRef({ onEvent, onPoll });
  handlers.current = { onEvent, onPoll };

  useEffect(() => {
    if (!enabled) return;
    let stop = new AbortController();
    const follow = async (signal: AbortSignal) => {
      for (let failures = 0; !signal.aborted; failures += 1) {
        const watchdog = new Watchdog(() => setState('stale'));
        try {
          await listen(
            path,
            signal,
            (event) => handlers.current.onEvent?.(event),
            () => {
              failures = 0;
              setState('live');
              watchdog.feed();
            },
          );
        } catch (error) {
          if (signal.aborted) return;
          if (error instanceof StreamRefused && error.status < 500) return poll(signal);
          setState('stale');
        } finally {
          watchdog.stop();
        }
        await pause(BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)] ?? 0, signal);
        if (!signal.aborted) handlers.current.onPoll?.();
      }
    };
    const poll = async (signal: AbortSignal) => {
      setState('polling');
      while (!signal.aborted) {
        await pause(POLL_MS, signal);
        if (!signal.aborted) handlers.current.onPoll?.();
      }
    };
    const turn = () => {
      stop.abort();
      if (document.hidden) return setState('paused');
      stop = new AbortController();
      handlers.current.onPoll?.();
      void follow(stop.signal);
    };
    if (document.hidden) setState('paused');
    else void follow(stop.signal);
    document.addEventListener('visibilitychange', turn);
    return () => {
      stop.abort();
      document.removeEventListener('visibilitychange', turn);
    };
  }, [path, enabled]);

  return state;
}

class Watchdog {
  private timer: ReturnType<typeof setTimeout> | undefined;
  constructor(private readonly bark: () => void) {}
  feed() {
    this.stop();
    this.timer = setTimeout(this.bark, SILENT_MS);
  }
  stop() {
    clearTimeout(this.timer);
  }
}
