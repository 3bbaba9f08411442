import { Button, Group, Text } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api, api } from '../../api/client';
import type { Model } from '../../api/types';
import { ConfirmImpact } from '../../ui/ConfirmImpact';
import { DataList } from '../../ui/DataList';
import { EmptyState } from '../../ui/EmptyState';
import { StatusBadge, type Tone } from '../../ui/StatusBadge';
import { showProblem } from '../../ui/showProblem';
import { Time } from '../../ui/Time';
import { singlePage } from './singlePage';

type Node = Model<'NodeView'>;
const TONES: Record<Node['health'], Tone> = { healthy: 'good', degraded: 'warn', dead: 'bad', unknown: 'wait' };

/** WAHA servers: use, health, cordon, drain. */
export default function Nodes() {
  const { t } = useTranslation('operations');
  const query = $api.useQuery('get', '/api/v1/operator/nodes');
  const [draining, setDraining] = useState<Node>();
  const turn = async (node: Node) => {
    const params = { path: { id: node.id } };
    const { error } = node.cordoned
      ? await api.POST('/api/v1/operator/nodes/{id}/uncordon', { params })
      : await api.POST('/api/v1/operator/nodes/{id}/cordon', { params });
    if (error) showProblem(error);
    await query.refetch();
  };
  const drain = async () => {
    if (!draining) return;
    const params = { path: { id: draining.id } };
    const { error } = await api.POST('/api/v1/operator/nodes/{id}/drain', { params, body: { may_scan: false } });
    if (error) throw error;
    await query.refetch();
  };
  return (
    <>
      <DataList<Node>
        label={t('tab.nodes')}
        list={singlePage(query)}
        rowKey={(node) => node.id}
        columns={[
          { key: 'name', header: t('nodes.name'), render: (node) => node.name },
          {
            key: 'health',
            header: t('jobs.state'),
            render: (node) => (
              <StatusBadge
                tone={TONES[node.health]}
                label={t(`nodeHealth.${node.health}`)}
                title={node.attention ?? node.error ?? undefined}
              />
            ),
          },
          {
            key: 'sessions',
            header: t('nodes.sessions'),
            render: (node) =>
              t('nodes.use', { working: node.working, sessions: node.sessions, capacity: node.capacity }),
          },
          {
            key: 'takes',
            header: t('nodes.takes'),
            render: (node) =>
              node.drain
                ? t('nodes.draining', { count: node.drain.left })
                : node.cordoned
                  ? t('nodes.no')
                  : t('nodes.yes'),
          },
          {
            key: 'version',
            header: t('nodes.version'),
            render: (node) => (
              <>
                {[node.engine, node.version].filter(Boolean).join(' ')}
                {node.gaps.map((gap) => (
                  <Text key={gap} size="xs" c={gap === 'client_ids' ? 'red' : 'dimmed'}>
                    {t(`nodeGap.${gap}`)}
                  </Text>
                ))}
              </>
            ),
          },
          { key: 'seen', header: t('workers.seen'), render: (node) => <Time at={node.seen_at} /> },
          {
            key: 'act',
            header: t('dead.act'),
            width: '220px',
            align: 'right',
            render: (node) => (
              <Group gap={6} justify="flex-end">
                <Button size="compact-sm" variant="default" onClick={() => void turn(node)}>
                  {node.cordoned ? t('nodes.uncordon') : t('nodes.cordon')}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => setDraining(node)}>
                  {t('nodes.drain')}
                </Button>
              </Group>
            ),
          },
        ]}
        empty={
          <EmptyState icon={<IconServer2 size={26} />} title={t('nodes.empty')}>
            {t('nodes.emptyDetail')}
          </EmptyState>
        }
      />
      <ConfirmImpact
        opened={draining !== undefined}
        onClose={() => setDraining(undefined)}
        title={t('nodes.drainTitle', { name: draining?.name ?? '' })}
        impact={draining && [t('nodes.impact', { count: draining.sessions })]}
        confirm={t('nodes.drain')}
        onConfirm={drain}
      >
        {t('nodes.drainDetail')}
      </ConfirmImpact>
    </>
  );
}
