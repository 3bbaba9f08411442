import { Text } from '@mantine/core';
import { IconServer } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import type { Model } from '../../api/types';
import { DataList } from '../../ui/DataList';
import { EmptyState } from '../../ui/EmptyState';
import { StatusBadge } from '../../ui/StatusBadge';
import { Time } from '../../ui/Time';
import { singlePage } from './singlePage';

type Worker = Model<'WorkerView'>;

/** Worker processes: slots and last heartbeat. */
export default function Workers() {
  const { t } = useTranslation('operations');
  const query = $api.useQuery('get', '/api/v1/operator/workers');
  return (
    <DataList<Worker>
      label={t('tab.workers')}
      list={singlePage(query)}
      rowKey={(worker) => worker.owner}
      columns={[
        { key: 'host', header: t('workers.host'), render: (worker) => <Process worker={worker} /> },
        { key: 'state', header: t('jobs.state'), render: (worker) => <State worker={worker} /> },
        {
          key: 'slots',
          header: t('workers.slots'),
          width: '2fr',
          render: (worker) => (
            <Text size="sm" className="tabular">
              {Object.entries(worker.slots)
                .map(
                  ([queue, { running, most }]) => `${t(`queue.${queue}`, { defaultValue: queue })} ${running}/${most}`,
                )
                .join(' · ')}
            </Text>
          ),
        },
        { key: 'version', header: t('workers.version'), width: '90px', render: (worker) => worker.version },
        { key: 'seen', header: t('workers.seen'), render: (worker) => <Time at={worker.seen_at} /> },
      ]}
      empty={
        <EmptyState icon={<IconServer size={26} />} title={t('workers.empty')}>
          {t('workers.emptyDetail')}
        </EmptyState>
      }
    />
  );
}

function Process({ worker: { host, role } }: { worker: Worker }) {
  const { t } = useTranslation('operations');
  return `${host} (${t(`workers.role.${role}`, { defaultValue: role })})`;
}

function State({ worker }: { worker: Worker }) {
  const { t } = useTranslation('operations');
  if (worker.lost) return <StatusBadge tone="bad" label={t('workers.lost')} />;
  if (worker.draining) return <StatusBadge tone="wait" label={t('workers.draining')} />;
  return <StatusBadge tone="good" label={t('workers.working')} />;
}
