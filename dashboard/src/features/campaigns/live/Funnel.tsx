import { Paper, Skeleton, Text, Title } from '@mantine/core';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useZone } from '../../../time/useZone';
import { type Tone, ToneShape } from '../../../ui/StatusBadge';
import { type CampaignProgress, reached } from '../campaign';
import classes from './live.module.css';

/** Funnel from all recipients to read; each stage includes the later ones. */
export function Funnel({ progress }: { progress: CampaignProgress | undefined }) {
  const { t } = useTranslation('campaigns');
  if (!progress) return <Skeleton h={220} radius="lg" />;
  const { sent, delivered, read, failed, cancelled } = reached(progress);
  const unknown = progress.by_state.unknown ?? 0;
  const stages: [string, number, Tone][] = [
    [t('funnel.total'), progress.total, 'off'],
    [t('funnel.sent'), sent, 'busy'],
    [t('funnel.delivered'), delivered, 'good'],
    [t('funnel.read'), read, 'good'],
    [t('funnel.failed'), failed, 'bad'],
    [t('funnel.unknown'), unknown, 'warn'],
    [t('funnel.cancelled'), cancelled, 'off'],
  ];
  const seldom = 4;
  const shown = stages.filter(([, count], index) => index < seldom || count > 0);
  return (
    <Paper withBorder className={classes.panel} component="section">
      <Title order={2} mb="sm">
        {t('funnel.title')}
      </Title>
      <ul className={classes.funnel}>
        {shown.map(([label, count, tone]) => (
          <Stage key={label} label={label} count={count} total={progress.total} tone={tone} />
        ))}
      </ul>
      {(progress.rejected > 0 || progress.suppressed > 0) && (
        <Text size="xs" c="dimmed" mt="sm">
          {t('funnel.refused', { count: progress.rejected, suppressed: progress.suppressed })}
        </Text>
      )}
    </Paper>
  );
}

function Stage({ label, count, total, tone }: { label: string; count: number; total: number; tone: Tone }) {
  const { language } = useZone();
  const part = total > 0 ? count / total : 0;
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(part);
  return (
    <li data-tone={tone} style={{ '--part': `${part * 100}%` } as CSSProperties}>
      <span className={classes.stage}>
        <ToneShape tone={tone} />
        {label}
      </span>
      <span className={classes.count}>{new Intl.NumberFormat(language).format(count)}</span>
      <span className={classes.percent}>{percent}</span>
      <span className={classes.bar} aria-hidden="true" />
    </li>
  );
}
