import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import type { Session } from '../../api/types';
import { useZone } from '../../time/useZone';
import classes from './LaneUse.module.css';
import { WaitingReason } from './WaitingReason';

/** Used part of the daily cap, and what limits bulk messages. */
export function LaneUse({ session }: { session: Session }) {
  const { t } = useTranslation('sessions');
  const { language } = useZone();
  const params = { path: { id: session.id } };
  const { data: lane } = $api.useQuery('get', '/api/v1/sessions/{id}/lane', { params }, { staleTime: 15_000 });
  const number = new Intl.NumberFormat(language);
  const cap = session.policy.daily_cap;
  const sent = lane?.sent_24h ?? 0;
  const part = cap ? Math.min(100, (100 * sent) / cap) : 0;
  return (
    <div className={classes.use}>
      <Text size="sm" className="tabular" component="div">
        {lane ? number.format(sent) : '…'}
        <span className={classes.of}> {cap ? t('lane.ofCap', { cap: number.format(cap) }) : t('lane.noCap')}</span>
      </Text>
      <Progress size={5} value={part} color={part > 90 ? 'orange' : 'accent'} aria-label={t('lane.label')} />
      {lane?.bulk.waiting && session.status === 'working' && (
        <Text size="xs" c="dimmed">
          <WaitingReason waiting={lane.bulk.waiting} />
        </Text>
      )}
    </div>
  );
}
