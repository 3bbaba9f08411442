import { Skeleton } from '@mantine/core';
import { type ComponentProps, lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { zoneName } from '../time/format';
import { useZone } from '../time/useZone';
import { fromWall, toWall } from '../time/wall';

// The calendar is larger than the screens that show it.
const WallTimeInput = lazy(() => import('./WallTime').then(({ WallTimeInput }) => ({ default: WallTimeInput })));

type Props = Omit<ComponentProps<typeof WallTimeInput>, 'value' | 'onChange'> & {
  /** An instant as the API writes it, or nothing. */
  value: string | null;
  onChange: (instant: string | null) => void;
};

/** A date with a time, by the clock of the organization's zone, which is named beside it. */
export function TimeInput({ value, onChange, label, ...props }: Props) {
  const { t } = useTranslation('common');
  const zone = useZone();
  const name = zoneName(value ? new Date(value) : new Date(), zone);
  return (
    <Suspense fallback={<Skeleton h={58} />}>
      <WallTimeInput
        {...props}
        label={t('labelInZone', { label, zone: name })}
        value={value ? toWall(new Date(value), zone.timeZone) : ''}
        onChange={(wall) => onChange(wall ? fromWall(wall, zone.timeZone).toISOString() : null)}
      />
    </Suspense>
  );
}
