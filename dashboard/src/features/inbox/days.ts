// Times of chats: the hour for today, the date for older ones.
import { brief, clock, day, type Zone } from '../../time/format';

const DAY_MS = 86_400_000;

export const sameDay = (a: Date, b: Date, zone: Zone) => day(a, zone) === day(b, zone);

/** `16:41` today, `22 Nov` before. */
export const shortly = (at: Date, now: Date, zone: Zone) =>
  sameDay(at, now, zone) ? clock(at, zone) : (brief(at, zone).split(/,| pukul /)[0] ?? '');

/** `today`, `yesterday`, `Sat, 21 Nov 2026`. */
export function dayName(at: Date, now: Date, zone: Zone): string {
  const named = new Intl.RelativeTimeFormat(zone.language, { numeric: 'auto' });
  if (sameDay(at, now, zone)) return named.format(0, 'day');
  if (sameDay(at, new Date(now.getTime() - DAY_MS), zone)) return named.format(-1, 'day');
  return day(at, zone);
}
