import { Button, Group, Paper, Text } from '@mantine/core';
import { IconBan, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Model } from '../../api/types';
import { ConfirmBatch } from '../../ui/ConfirmBatch';
import type { Filters } from './useFilters';

type Act = 'cancel' | 'retry';

const PATHS = { cancel: '/api/v1/messages/cancel', retry: '/api/v1/messages/retry' } as const;

interface Props {
  /** Selected messages; if none, all that match the filters. */
  selected: ReadonlySet<string>;
  filters: Filters;
  onDone: () => void;
}

/** Bulk actions: cancel waiting messages, retry failed ones. */
export function BatchActs({ selected, filters, onDone }: Props) {
  const { t } = useTranslation('messages');
  const [act, setAct] = useState<Act>();
  const ticked = selected.size > 0;
  const which: Model<'SelectMessages'> = ticked ? { message_ids: [...selected] } : asked(filters);
  return (
    <Paper withBorder p="sm">
      <Group gap="sm">
        <Text fw={600}>{ticked ? t('batch.selected', { count: selected.size }) : t('batch.allFit')}</Text>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconBan size={15} />}
          onClick={() => setAct('cancel')}
        >
          {t('batch.cancel')}
        </Button>
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconRefresh size={15} />}
          onClick={() => setAct('retry')}
        >
          {t('batch.retry')}
        </Button>
      </Group>
      {act && (
        <ConfirmBatch
          title={t(`batch.title.${act}`)}
          confirm={t(`batch.confirm.${act}`)}
          ask={(preview) => api.POST(PATHS[act], { body: { ...which, preview } })}
          impact={(count) => [t(`batch.impact.${act}`, { count })]}
          done={(count) => t(`batch.done.${act}`, { count })}
          changes="/api/v1/messages"
          onClose={() => setAct(undefined)}
          onDone={onDone}
        >
          {t(`batch.detail.${act}`)}
        </ConfirmBatch>
      )}
    </Paper>
  );
}

/** The filters of the list in the words of a request; which way they went is told by what is done to them. */
function asked({ session, campaign, direction: _, ...same }: Filters): Model<'SelectMessages'> {
  return { session_id: session, campaign_id: campaign, ...same };
}
