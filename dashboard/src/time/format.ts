// Every date on screen goes through here, so that all are in one zone and the zone is named.

export interface Zone {
  language: string;
  timeZone: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([zone, options]);
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(zone.language, { ...options, timeZone: zone.timeZone });
    formatters.set(key, found);
  }
  return found;
}

/** `23 Nov 2026, 16:41:07 WIB` */
export const exact = (date: Date, zone: Zone) =>
  formatter(zone, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(date);

/** `23 Nov, 16:41` */
export const brief = (date: Date, zone: Zone) =>
  formatter(zone, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    date,
  );

/** `16:41` */
export const clock = (date: Date, zone: Zone) =>
  formatter(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date);

/** `Mon, 23 Nov 2026` */
export const day = (date: Date, zone: Zone) =>
  formatter(zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(date);

/** `WIB`, or `GMT+7` where the zone has no letters in this language. */
export const zoneName = (date: Date, zone: Zone) =>
  formatter(zone, { timeZoneName: 'short' })
    .formatToParts(date)
    .find((part) => part.type === 'timeZoneName')?.value ?? zone.timeZone;

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** `3 minutes ago`, `in 2 hours`. */
export function relative(date: Date, now: Date, language: string): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
}

/** `1 h 20 min`, `45 s`: how long something takes. */
export function duration(seconds: number, language: string): string {
  const unit = (value: number, name: string) =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: 0,
    }).format(value);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours >= 48) return unit(Math.round(hours / 24), 'day');
  if (hours > 0) return minutes > 0 ? `${unit(hours, 'hour')} ${unit(minutes, 'minute')}` : unit(hours, 'hour');
  return minutes > 0 ? unit(minutes, 'minute') : unit(Math.floor(seconds), 'second');
}

/** How long something has waited: with two figures while it is short. */
export const age = (seconds: number, language: string) =>
  seconds >= 10
    ? duration(seconds, language)
    : new Intl.NumberFormat(language, {
        style: 'unit',
        unit: 'second',
        unitDisplay: 'narrow',
        maximumSignificantDigits: 2,
      }).format(seconds);
