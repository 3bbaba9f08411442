// Between a moment and what the clock on a wall of some zone shows, in the form an input of type datetime-local has.

const pad = (date: Date, timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).format(date);

/** `2026-11-23T16:41`: what the clock shows there at this moment. */
export const toWall = (at: Date, timeZone: string) => pad(at, timeZone).replace(' ', 'T');

/** The moment at which the clock shows this there; where the hour does not exist, the one after it. */
export function fromWall(wall: string, timeZone: string): Date {
  const wanted = Date.parse(`${wall}Z`);
  const shown = (ms: number) => Date.parse(`${toWall(new Date(ms), timeZone)}Z`);
  const first = wanted - (shown(wanted) - wanted);
  // Around a change of the clock the offset there is not the one guessed from.
  return new Date(first + (wanted - shown(first)));
}
