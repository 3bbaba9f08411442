import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useProfile } from '../api/useSession';
import type { Zone } from './format';

/** Where this device is. */
export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The person's language and zone; who chose no zone has the organization's. */
export function useZone(): Zone {
  const { i18n } = useTranslation();
  const profile = useProfile();
  return {
    language: i18n.language === 'en' ? 'en-GB' : i18n.language,
    timeZone: profile?.user.time_zone ?? profile?.organization.time_zone ?? browserZone,
  };
}

// One timer for all clocks on screen.
const listeners = new Set<() => void>();
let now = new Date();
setInterval(() => {
  if (document.hidden) return;
  now = new Date();
  for (const listener of listeners) listener();
}, 1000);

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Now, each second anew. `every` seconds keeps what changes slowly from being drawn each second. */
export function useNow(every = 1): Date {
  const slot = useSyncExternalStore(subscribe, () => Math.floor(now.getTime() / 1000 / every));
  return slot >= 0 && every === 1 ? now : new Date(Math.max(slot * every * 1000, now.getTime()));
}
