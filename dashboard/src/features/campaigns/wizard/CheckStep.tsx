import { Button, Group, Paper, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { ToneShape } from '../../../ui/StatusBadge';
import { one } from '../campaign';
import { Foretold } from '../ForecastPanel';
import { AudienceMath } from './AudienceMath';
import { Preview } from './Preview';
import { SenderCapacity } from './SenderCapacity';
import { StepFoot, type StepProps } from './StepFoot';
import { type Finding, useFindings } from './useFindings';
import classes from './wizard.module.css';

const Launch = lazy(() => import('./Launch'));

/** Dry run: recipients, senders, forecast, errors and warnings. */
export default function CheckStep({ campaign, go }: StepProps) {
  const { t } = useTranslation('campaigns');
  const dryRun = $api.useQuery('get', '/api/v1/campaigns/{id}/dry-run', one(campaign.id), { staleTime: 0 });
  const findings = useFindings(campaign, dryRun.data);
  const [launching, setLaunching] = useState(false);
  const blocked = !findings || findings.some((each) => each.blocks);
  return (
    <>
      <div className={classes.beside}>
        <Stack>
          {dryRun.error && <ProblemAlert error={dryRun.error} onRetry={() => void dryRun.refetch()} />}
          <Findings findings={findings} go={go} />
          <AudienceMath campaign={campaign} dryRun={dryRun.data} />
          <Paper withBorder className={classes.panel} component="section">
            <Title order={2} mb="sm">
              {t('forecast.title')}
            </Title>
            <Foretold forecast={dryRun.data?.forecast} />
          </Paper>
          <SenderCapacity senders={dryRun.data?.senders} />
        </Stack>
        <aside aria-label={t('preview.title')}>
          <Preview campaign={campaign} />
        </aside>
      </div>
      <Group justify="space-between">
        <StepFoot step="check" go={go} campaign={campaign} />
        <Button size="md" leftSection={<IconRocket size={18} />} disabled={blocked} onClick={() => setLaunching(true)}>
          {campaign.send_at
            ? t('launch.schedule', { count: campaign.total })
            : t('launch.start', { count: campaign.total })}
        </Button>
      </Group>
      <Suspense>
        {launching && dryRun.data && (
          <Launch
            campaign={campaign}
            version={dryRun.data.version}
            onClose={() => {
              setLaunching(false);
              void dryRun.refetch();
            }}
          />
        )}
      </Suspense>
    </>
  );
}

function Findings({ findings, go }: { findings: Finding[] | undefined; go: StepProps['go'] }) {
  const { t } = useTranslation('campaigns');
  return (
    <Paper withBorder className={classes.panel} component="section" aria-live="polite">
      <Title order={2} mb="sm">
        {t('check.title')}
      </Title>
      {!findings && <Skeleton h={48} />}
      {findings?.length === 0 && (
        <Text className={classes.finding} component="div">
          <ToneShape tone="good" />
          {t('check.fine')}
        </Text>
      )}
      <ul className={classes.findings}>
        {findings?.map((finding) => (
          <li key={finding.text} className={classes.finding}>
            <ToneShape tone={finding.tone} />
            <div>
              {finding.text}{' '}
              <Button size="compact-xs" variant="subtle" onClick={() => go(finding.step)}>
                {t('check.mend', { step: t(`step.${finding.step}`) })}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Paper>
  );
}
