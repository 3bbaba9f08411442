// Whether the server answers. While it does not, /healthz is asked until it does, and then everything on screen again.

type Listener = () => void;

const listeners = new Set<Listener>();
const onReturn = new Set<Listener>();
let away = false;
let timer: ReturnType<typeof setTimeout> | undefined;

const tell = () => {
  for (const listener of listeners) listener();
};

function ask(delay: number): void {
  timer = setTimeout(async () => {
    const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => undefined);
    if (answer?.ok) reached();
    else ask(Math.min(delay * 1.5, 10_000));
  }, delay);
}

export function lost(): void {
  if (away) return;
  away = true;
  ask(1000);
  tell();
}

export function reached(): void {
  if (!away) return;
  away = false;
  clearTimeout(timer);
  tell();
  for (const listener of onReturn) listener();
}

export const connection = {
  isAway: () => away,
  subscribe(listener: Listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  onReturn(listener: Listener) {
    onReturn.add(listener);
    return () => onReturn.delete(listener);
  },
};
