import { Checkbox, Paper, Radio, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import type { Session } from '../../../api/types';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { StatusBadge } from '../../../ui/StatusBadge';
import { healthTone } from '../../sessions/tones';
import { one } from '../campaign';
import { StepFoot, type StepProps } from './StepFoot';
import { isConflict, useSaveDraft } from './useSaveDraft';
import classes from './wizard.module.css';

const ALL = { params: { query: { limit: 200 } } };

/** Senders: chosen numbers, or the members of a pool. */
export default function SendersStep({ campaign, go }: StepProps) {
  const { t } = useTranslation('campaigns');
  const sessions = $api.useQuery('get', '/api/v1/sessions', ALL);
  const pools = $api.useQuery('get', '/api/v1/sender-pools', ALL);
  const [by, setBy] = useState<'sessions' | 'pool'>(campaign.pool_id ? 'pool' : 'sessions');
  const [chosen, setChosen] = useState<string[]>(campaign.pool_id ? [] : campaign.session_ids);
  const [pool, setPool] = useState<string | null>(campaign.pool_id ?? null);
  const [error, setError] = useState<unknown>();
  const save = useSaveDraft(campaign);
  const next = async () => {
    setError(undefined);
    try {
      await save(by === 'pool' ? { pool_id: pool } : { session_ids: chosen });
      go('pace');
    } catch (problem) {
      if (!isConflict(problem)) setError(problem);
    }
  };
  const failed = sessions.error ?? pools.error;
  const hasPools = (pools.data?.items.length ?? 0) > 0;
  return (
    <>
      <Paper withBorder className={classes.panel}>
        <Stack>
          <Title order={2}>{t('senders.title')}</Title>
          <Text c="dimmed">{t('senders.hint')}</Text>
          {hasPools && (
            <SegmentedControl
              aria-label={t('senders.by')}
              value={by}
              onChange={(value) => setBy(value as typeof by)}
              data={[
                { value: 'sessions', label: t('senders.sessions') },
                { value: 'pool', label: t('senders.pool') },
              ]}
            />
          )}
          {failed && <ProblemAlert error={failed} onRetry={() => void sessions.refetch()} />}
          {(sessions.isPending || pools.isPending) && <Skeleton h={160} />}
          {by === 'sessions' && sessions.data && (
            <Checkbox.Group value={chosen} onChange={setChosen} aria-label={t('senders.sessions')}>
              <ul className={classes.senders}>
                {sessions.data.items.map((session) => (
                  <SenderRow key={session.id} session={session} chosen={chosen.includes(session.id)} />
                ))}
              </ul>
            </Checkbox.Group>
          )}
          {by === 'pool' && pools.data && (
            <Radio.Group value={pool} onChange={setPool} aria-label={t('senders.pool')}>
              <ul className={classes.senders}>
                {pools.data.items.map((each) => (
                  <li key={each.id} className={classes.sender} data-chosen={each.id === pool}>
                    <Radio value={each.id} label={each.name} description={each.description} />
                    <Text size="sm" c="dimmed">
                      {t('senders.members', { count: each.members.length })}
                    </Text>
                  </li>
                ))}
              </ul>
            </Radio.Group>
          )}
          {error !== undefined && <ProblemAlert error={error} />}
        </Stack>
      </Paper>
      <StepFoot
        step="senders"
        go={go}
        onNext={next}
        campaign={campaign}
        blocked={by === 'pool' ? !pool : chosen.length === 0}
      />
    </>
  );
}

function SenderRow({ session, chosen }: { session: Session; chosen: boolean }) {
  const { t } = useTranslation('campaigns');
  const lane = $api.useQuery('get', '/api/v1/sessions/{id}/lane', one(session.id)).data;
  const left = lane?.bulk.left;
  return (
    <li className={classes.sender} data-chosen={chosen}>
      <Checkbox value={session.id} label={session.name} description={session.phone ?? t('senders.unpaired')} />
      <Text size="sm" c="dimmed" className="tabular">
        {lane && (left === null || left === undefined ? t('senders.noCap') : t('senders.left', { count: left }))}
      </Text>
      <StatusBadge tone={healthTone(session)} label={t(`health.${session.health.state}`)} />
    </li>
  );
}
