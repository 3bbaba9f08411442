import { ActionIcon, Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconFile, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { Reason } from '../../../components/Reason';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { Bubble, PhoneFrame } from '../../messages/PhoneFrame';
import { type Campaign, one } from '../campaign';
import { type Content, valuesOf } from './content';
import { MediaPreview } from './MediaPreview';
import { usePreview } from './usePreview';

/** Preview of the message on a phone, as rendered by the server for real people of the list. */
export function Preview({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const [at, setAt] = useState(0);
  const [wording, setWording] = useState(0);
  const people = usePreview(campaign, wording);
  const { data: sender } = $api.useQuery('get', '/api/v1/sessions/{id}', one(campaign.session_ids[0] ?? ''), {
    enabled: campaign.session_ids.length > 0,
  });
  const count = people.data?.items.length ?? 0;
  const person = people.data?.items[at % Math.max(count, 1)];
  const step = (by: number) => setAt((now) => (now + by + count) % count);
  return (
    <Stack gap="xs" align="center">
      {people.isPending ? (
        <Skeleton h={420} w={320} radius="xl" />
      ) : (
        <PhoneFrame title={sender?.push_name ?? sender?.name ?? campaign.name}>
          <Bubble
            text={person?.text ?? valuesOf(campaign.content).words}
            media={<Media content={campaign.content} />}
          />
        </PhoneFrame>
      )}
      {person && (
        <Group gap={4} wrap="nowrap" maw={320}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('preview.before')} onClick={() => step(-1)}>
            <IconChevronLeft size={18} />
          </ActionIcon>
          <Text size="sm" truncate aria-live="polite">
            {wording === 0
              ? t('preview.as', { name: person.name ?? person.phone })
              : t('preview.mightRead', { name: person.name ?? person.phone })}
          </Text>
          <ActionIcon variant="subtle" color="gray" aria-label={t('preview.after')} onClick={() => step(1)}>
            <IconChevronRight size={18} />
          </ActionIcon>
        </Group>
      )}
      {person?.text && <Wordings campaign={campaign} wording={wording} setWording={setWording} />}
      {person?.left_out && <LeftOut why={person.left_out} />}
      {people.error && <ProblemAlert error={people.error} onRetry={() => void people.refetch()} />}
      {!people.isPending && count === 0 && (
        <Text size="sm" c="dimmed" ta="center">
          {t('preview.nobody')}
        </Text>
      )}
    </Stack>
  );
}

/** Where the text offers a choice: what else it might say, and back to what it will. */
function Wordings(props: { campaign: Campaign; wording: number; setWording: (wording: number) => void }) {
  const { t } = useTranslation('campaigns');
  const choice = /(^|[^{\\]){(?!{)[^{}]*\|/;
  if (!choice.test(valuesOf(props.campaign.content).words)) return null;
  return (
    <Group gap="xs">
      <Button
        size="compact-sm"
        variant="subtle"
        leftSection={<IconRefresh size={14} />}
        onClick={() => props.setWording(props.wording + 1)}
      >
        {t('preview.wording')}
      </Button>
      {props.wording > 0 && (
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => props.setWording(0)}>
          {t('preview.theirs')}
        </Button>
      )}
    </Group>
  );
}

function LeftOut({ why }: { why: Model<'LeftOutView'> }) {
  const { t } = useTranslation('campaigns');
  return (
    <Alert color="orange" variant="light" w="100%">
      {why.missing.length > 0 ? t('preview.missing', { names: why.missing.join(', ') }) : t('preview.leftOut')}{' '}
      {why.missing.length === 0 && <Reason code={why.code} fallback={why.remedy} />}
    </Alert>
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
