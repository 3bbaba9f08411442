import { Tooltip } from '@mantine/core';
import { exact, relative } from '../time/format';
import { useNow, useZone } from '../time/useZone';

/** A relative time, `3 minutes ago`; the tooltip shows the exact time with its zone. */
export function Time({ at }: { at: string | null | undefined }) {
  const zone = useZone();
  const now = useNow(5);
  if (!at) return <span>–</span>;
  const date = new Date(at);
  const exactly = exact(date, zone);
  return (
    <Tooltip label={exactly}>
      <time dateTime={at}>{relative(date, now, zone.language)}</time>
    </Tooltip>
  );
}

/** Exactly when, with the zone. */
export function ExactTime({ at }: { at: string | null | undefined }) {
  const zone = useZone();
  if (!at) return <span>–</span>;
  return <time dateTime={at}>{exact(new Date(at), zone)}</time>;
}
