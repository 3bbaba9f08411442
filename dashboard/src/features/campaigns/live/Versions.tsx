import { Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import { Time } from '../../../ui/Time';
import { type Campaign, one, reached } from '../campaign';
import { valuesOf } from '../wizard/content';
import classes from './live.module.css';

/** What people got of a campaign that was changed while it was paused: each text with its results. */
export function Versions({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const { data } = $api.useQuery('get', '/api/v1/campaigns/{id}/versions', one(campaign.id));
  if (!data || data.items.length < 2) return null;
  return (
    <Paper withBorder className={classes.panel} component="section">
      <Title order={2} mb="sm">
        {t('versions.title')}
      </Title>
      <Stack gap="md">
        {data.items.map((version, index) => {
          const { sent, delivered, read, failed } = reached({ state: campaign.state, by_state: version.by_state });
          return (
            <div key={version.version}>
              <Group gap="xs">
                <Text fw={600}>{t('versions.nth', { n: index + 1 })}</Text>
                {version.changed.map((part) => (
                  <Badge key={part} variant="light" tt="none">
                    {t(`versions.part.${part}`)}
                  </Badge>
                ))}
                <Text size="sm" c="dimmed">
                  {version.changed_by}, <Time at={version.created_at} />
                </Text>
              </Group>
              <Text size="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }} lineClamp={6}>
                {valuesOf(version.content).words}
              </Text>
              <Text size="xs" c="dimmed" className="tabular">
                {t('versions.results', { sent, delivered, read, failed })}
              </Text>
            </div>
          );
        })}
      </Stack>
    </Paper>
  );
}
