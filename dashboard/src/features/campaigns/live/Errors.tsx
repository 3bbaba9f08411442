import { Anchor, Button, Code, Paper, Skeleton, Text, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { $api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { Reason, ReasonMend } from '../../../components/Reason';
import { useZone } from '../../../time/useZone';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { type Campaign, type CampaignProgress, one, reached } from '../campaign';
import classes from './live.module.css';

const RetryErrors = lazy(() => import('./RetryErrors'));

type CampaignError = Model<'CampaignErrorView'>;

/** While new ones come, they are counted anew this often; after the end only the last few are left to come. */
const RUNNING_MS = 10_000;
const ENDED_MS = 3_000;

const total = (items: CampaignError[] = []) => items.reduce((sum, { messages }) => sum + messages, 0);

/** Failures by reason, each with a remedy. */
export function Errors({ campaign, progress }: { campaign: Campaign; progress: CampaignProgress | undefined }) {
  const { t } = useTranslation('campaigns');
  const { failed, cancelled } = progress ? reached(progress) : { failed: 0, cancelled: 0 };
  const { data, error, refetch } = $api.useQuery('get', '/api/v1/campaigns/{id}/errors', one(campaign.id), {
    enabled: failed + cancelled > 0,
    refetchInterval: ({ state }) => {
      if (campaign.state === 'running') return RUNNING_MS;
      return total(state.data?.items) < failed + cancelled && ENDED_MS;
    },
  });
  // Whoever cancels a campaign knows why the rest did not get it.
  const items = data?.items.filter(({ code }) => code !== 'campaign_cancelled') ?? [];
  if (failed === 0 && items.length === 0) return null;
  const count = total(items);
  return (
    <Paper withBorder className={classes.panel} component="section">
      <Title order={2}>{t('errors.title', { count: data ? count : failed })}</Title>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={56} mt="sm" />}
      <ul className={classes.errors}>
        {items.map((item) => (
          <Cluster key={`${item.state} ${item.code}`} campaign={campaign} item={item} />
        ))}
      </ul>
    </Paper>
  );
}

function Cluster({ campaign, item }: { campaign: Campaign; item: CampaignError }) {
  const { t } = useTranslation('campaigns');
  const { language } = useZone();
  const [search] = useSearchParams();
  const [retrying, setRetrying] = useState(false);
  const code = item.code ?? 'other';
  const example = new URLSearchParams(search);
  example.set('message', item.example);
  const listed = new URLSearchParams({ campaign: campaign.id, state: item.state });
  if (item.code) listed.set('code', item.code);
  return (
    <li className={classes.cluster}>
      <Text fw={650} className={classes.errorCount}>
        {new Intl.NumberFormat(language).format(item.messages)}
      </Text>
      <div>
        <Text>
          <Reason code={code} /> <Code>{code}</Code>
        </Text>
        <Text size="sm" c="dimmed">
          <ReasonMend code={code} fallback={item.remedy} />
        </Text>
        <div className={classes.clusterLinks}>
          <Anchor component={Link} to={`?${example}`} size="sm">
            {t('errors.example')}
          </Anchor>
          <Anchor component={Link} to={`/messages?${listed}`} size="sm">
            {t('errors.all', { count: item.messages })}
          </Anchor>
          {item.replayable > 0 && (
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<IconRefresh size={14} />}
              onClick={() => setRetrying(true)}
            >
              {t('errors.retry', { count: item.replayable })}
            </Button>
          )}
        </div>
        <Suspense>
          {retrying && <RetryErrors campaign={campaign} item={item} onClose={() => setRetrying(false)} />}
        </Suspense>
      </div>
    </li>
  );
}
