import { Button, Group, Loader, Stack, TagsInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import type { Campaign } from '../campaign';
import { useRefreshCampaigns } from '../useCampaignAct';
import { Report } from './Report';
import { addPeople } from './upload';

/** Contacts that have one of the chosen tags. */
export function FromContacts({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const refresh = useRefreshCampaigns();
  const [tags, setTags] = useState<string[]>([]);
  const [adding, setAdding] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  // The API lists no tags; those of the newest contacts are what is suggested.
  const contacts = $api.useQuery('get', '/api/v1/contacts', { params: { query: { limit: 200 } } });
  const known = [...new Set(contacts.data?.items.flatMap((each) => each.tags) ?? [])].sort();
  const report = useQuery({
    queryKey: ['dry-run', campaign.id, campaign.total, tags],
    queryFn: ({ signal }) => addPeople(campaign.id, { tags }, true, signal),
    enabled: tags.length > 0,
    retry: false,
  });
  const add = async () => {
    setAdding(true);
    setFailed(undefined);
    try {
      const { accepted } = await addPeople(campaign.id, { tags }, false);
      notifications.show({ message: t('audience.added', { count: accepted }) });
      setTags([]);
      await refresh();
    } catch (error) {
      setFailed(error);
    } finally {
      setAdding(false);
    }
  };
  const accepted = report.data?.accepted ?? 0;
  return (
    <Stack>
      <TagsInput
        label={t('audience.tags')}
        description={t('audience.tagsHint')}
        data={known}
        value={tags}
        onChange={setTags}
        maw={480}
        rightSection={report.isFetching ? <Loader size="xs" /> : undefined}
      />
      {report.error && <ProblemAlert error={report.error} onRetry={() => void report.refetch()} />}
      {tags.length > 0 && report.data && <Report report={report.data} />}
      {failed !== undefined && <ProblemAlert error={failed} />}
      <Group>
        <Button onClick={() => void add()} loading={adding} disabled={tags.length === 0 || accepted === 0}>
          {t('audience.add', { count: tags.length > 0 ? accepted : 0 })}
        </Button>
      </Group>
    </Stack>
  );
}
