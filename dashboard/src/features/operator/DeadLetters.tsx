import { Anchor, Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMailOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { $api, api } from '../../api/client';
import type { Model } from '../../api/types';
import { Reason } from '../../components/Reason';
import { ConfirmImpact } from '../../ui/ConfirmImpact';
import { DataList } from '../../ui/DataList';
import { EmptyState } from '../../ui/EmptyState';
import { Time } from '../../ui/Time';
import { singlePage } from './singlePage';

type Group = Model<'DeadGroupView'>;

/** Jobs that gave up, by reason; a whole group can be replayed. */
export default function DeadLetters() {
  const { t } = useTranslation('operations');
  const query = $api.useQuery('get', '/api/v1/operator/dead-letters/groups');
  const [replaying, setReplaying] = useState<Group>();
  return (
    <>
      <DataList<Group>
        label={t('tab.dead')}
        list={singlePage(query)}
        rowKey={(group) => `${group.kind} ${group.code}`}
        columns={[
          {
            key: 'code',
            header: t('dead.code'),
            render: (group) => (
              <span>
                <Anchor
                  component={Link}
                  to={`/operations?tab=jobs&state=dead${group.code ? `&error=${group.code}` : ''}`}
                >
                  {group.code ? <Reason code={group.code} /> : t('dead.noCode')}
                </Anchor>
                {group.code && (
                  <Text span display="block" size="xs" c="dimmed" ff="monospace">
                    {group.code}
                  </Text>
                )}
              </span>
            ),
          },
          { key: 'kind', header: t('jobs.kind'), render: ({ kind }) => t(`kind.${kind}`, { defaultValue: kind }) },
          { key: 'jobs', header: t('dead.jobs'), align: 'right', width: '90px', render: (group) => group.jobs },
          { key: 'oldest', header: t('dead.oldest'), render: (group) => <Time at={group.oldest} /> },
          {
            key: 'act',
            header: t('dead.act'),
            width: '120px',
            align: 'right',
            render: (group) => (
              <Button size="compact-sm" variant="default" onClick={() => setReplaying(group)}>
                {t('dead.replay')}
              </Button>
            ),
          },
        ]}
        empty={
          <EmptyState icon={<IconMailOff size={26} />} title={t('dead.empty')}>
            {t('dead.emptyDetail')}
          </EmptyState>
        }
      />
      {replaying && (
        <Replay group={replaying} onClose={() => setReplaying(undefined)} onDone={() => void query.refetch()} />
      )}
    </>
  );
}

function Replay({ group, onClose, onDone }: { group: Group; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('operations');
  const { kind, code } = group;
  const ask = async (preview: boolean) => {
    const { data, error } = await api.POST('/api/v1/operator/dead-letters/replay', { body: { kind, code, preview } });
    if (!data) throw error;
    return data;
  };
  const counted = useQuery({ queryKey: ['replay', kind, code], queryFn: () => ask(true), gcTime: 0 });
  const replay = async () => {
    const { replayed, left } = await ask(false);
    notifications.show({ message: t('dead.replayed', { count: replayed, left }) });
    onDone();
  };
  return (
    <ConfirmImpact
      opened
      onClose={onClose}
      title={t('dead.replayTitle', { code: code ?? t(`kind.${kind}`, { defaultValue: kind }) })}
      impact={counted.data && [t('dead.impact', { count: counted.data.left })]}
      confirm={t('dead.replay')}
      onConfirm={replay}
    >
      {t('dead.replayDetail')}
    </ConfirmImpact>
  );
}
