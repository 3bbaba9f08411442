import { Code, Paper, Skeleton, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import { ProblemAlert } from '../../../components/ProblemAlert';
import type { Campaign, CampaignProgress } from '../campaign';
import { byCode } from './byCode';
import classes from './live.module.css';

/** The API tells the code with each person, so the newest that fit one page are counted here. */
const LOOKED_AT = 200;

/** Why people did not get it, by reason, each with what to do about it. */
export function Errors({ campaign, progress }: { campaign: Campaign; progress: CampaignProgress | undefined }) {
  const { t } = useTranslation('campaigns');
  const failed = progress?.by_state.failed ?? 0;
  const { data, error, refetch } = $api.useQuery(
    'get',
    '/api/v1/campaigns/{id}/recipients',
    { params: { path: { id: campaign.id }, query: { state: 'failed', limit: LOOKED_AT } } },
    { enabled: failed > 0 },
  );
  if (failed === 0) return null;
  return (
    <Paper withBorder className={classes.panel} component="section">
      <Title order={2}>{t('errors.title', { count: failed })}</Title>
      {failed > LOOKED_AT && (
        <Text size="sm" c="dimmed">
          {t('errors.part', { count: LOOKED_AT })}
        </Text>
      )}
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={56} mt="sm" />}
      <ul className={classes.errors}>
        {data &&
          byCode(data.items).map(({ code, count, example }) => (
            <li key={code} className={classes.cluster}>
              <Text fw={650} className={classes.errorCount}>
                {count}
              </Text>
              <div>
                <Text>
                  {t(`error.${code}.what`, { defaultValue: t('error.other.what') })} <Code>{code}</Code>
                </Text>
                <Text size="sm" c="dimmed">
                  {t(`error.${code}.mend`, { defaultValue: t('error.other.mend') })} {t('errors.example', { example })}
                </Text>
              </div>
            </li>
          ))}
      </ul>
    </Paper>
  );
}
