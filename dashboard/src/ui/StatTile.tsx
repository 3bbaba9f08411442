import { Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useZone } from '../time/useZone';
import classes from './StatTile.module.css';
import { type Tone, ToneShape } from './StatusBadge';

interface Props {
  label: string;
  /** A number is formatted in the user's language; undefined while it loads. */
  value: number | string | undefined;
  /** The list whose rows were counted. */
  to: string;
  note?: ReactNode;
  tone?: Tone;
}

/** A figure that links to what it counts. */
export function StatTile({ label, value, to, note, tone }: Props) {
  const { language } = useZone();
  const text = typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
  return (
    <Paper component={Link} to={to} withBorder className={classes.tile}>
      <Text size="sm" c="dimmed" className={classes.label}>
        {tone && <ToneShape tone={tone} />}
        {label}
      </Text>
      <Text className={`${classes.value} tabular`}>{text ?? '…'}</Text>
      {note && (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      )}
    </Paper>
  );
}

/** Tiles beside each other, as many as fit. */
export function StatTiles({ children }: { children: ReactNode }) {
  return <div className={classes.tiles}>{children}</div>;
}
