import { ActionIcon, Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconFile, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import { Bubble, PhoneFrame } from '../../../components/PhoneFrame';
import { ProblemAlert } from '../../../components/ProblemAlert';
import { type Campaign, one } from '../campaign';
import { type Content, valuesOf } from './content';
import { MediaPreview } from './MediaPreview';
import { useSamples } from './useSamples';

const PEOPLE = 50;

/** The message on a phone, as people of the list will read it: the server fills it in. */
export function Preview({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const [at, setAt] = useState(0);
  const [wording, setWording] = useState(0);
  const people = $api.useQuery('get', '/api/v1/campaigns/{id}/recipients', {
    params: { path: { id: campaign.id }, query: { limit: PEOPLE } },
  });
  const { data: sender } = $api.useQuery('get', '/api/v1/sessions/{id}', one(campaign.session_ids[0] ?? ''), {
    enabled: campaign.session_ids.length > 0,
  });
  const count = people.data?.items.length ?? 0;
  const person = people.data?.items[at % Math.max(count, 1)];
  const samples = useSamples(campaign, person);
  const texts = samples.data?.texts ?? [];
  const words = valuesOf(campaign.content).words;
  const text = texts[wording % Math.max(texts.length, 1)] ?? words;
  const step = (by: number) => setAt((now) => (now + by + count) % count);
  return (
    <Stack gap="xs" align="center">
      {people.isPending ? (
        <Skeleton h={420} w={320} radius="xl" />
      ) : (
        <PhoneFrame title={sender?.push_name ?? sender?.name ?? campaign.name}>
          <Bubble text={text} media={<Media content={campaign.content} />} />
        </PhoneFrame>
      )}
      {person && count > 0 && (
        <Group gap={4} wrap="nowrap" maw={320}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('preview.before')} onClick={() => step(-1)}>
            <IconChevronLeft size={18} />
          </ActionIcon>
          <Text size="sm" truncate aria-live="polite">
            {t('preview.as', { name: person.name ?? person.phone })}
          </Text>
          <ActionIcon variant="subtle" color="gray" aria-label={t('preview.after')} onClick={() => step(1)}>
            <IconChevronRight size={18} />
          </ActionIcon>
        </Group>
      )}
      {texts.length > 1 && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconRefresh size={14} />}
          onClick={() => setWording((now) => now + 1)}
        >
          {t('preview.wording')}
        </Button>
      )}
      {samples.data && samples.data.missing.length > 0 && (
        <Alert color="orange" variant="light" w="100%">
          {t('preview.missing', { names: samples.data.missing.join(', ') })}
        </Alert>
      )}
      {samples.error && <ProblemAlert error={samples.error} onRetry={() => void samples.refetch()} />}
      {!people.isPending && count === 0 && (
        <Text size="sm" c="dimmed" ta="center">
          {t('preview.nobody')}
        </Text>
      )}
    </Stack>
  );
}

function Media({ content }: { content: Content }) {
  if (content.type === 'text') return null;
  const { media } = content;
  if (content.type === 'image' && 'id' in media) return <MediaPreview id={media.id} />;
  return (
    <Group gap={6} wrap="nowrap" mb={4}>
      <IconFile size={20} aria-hidden="true" />
      <Text size="sm" truncate>
        {media.filename ?? media.mimetype}
      </Text>
    </Group>
  );
}
