import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { useAskOften } from '../../live/useAskOften';
import { AddressTabs } from '../../ui/AddressTabs';
import { LiveMark } from '../../ui/LiveMark';
import { PageHeader } from '../../ui/PageHeader';
import { Queues } from './Queues';

/** Each tab is loaded when it is opened. */
const PARTS = {
  queues: Queues,
  lanes: lazy(() => import('./Lanes')),
  jobs: lazy(() => import('./Jobs')),
  dead: lazy(() => import('./DeadLetters')),
  workers: lazy(() => import('./Workers')),
  nodes: lazy(() => import('./Nodes')),
  controls: lazy(() => import('./Controls')),
  acts: lazy(() => import('./AllActs')),
};
const NAMES = ['queues', 'lanes', 'jobs', 'dead', 'workers', 'nodes', 'controls', 'acts'] as const;

/** Operator screen: queues, lanes, jobs, dead letters, workers, servers, controls. */
export default function OperationsScreen() {
  const { t } = useTranslation('operations');
  const live = useAskOften('/api/v1/operator');
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} badges={<LiveMark state={live} />} />
      <AddressTabs names={NAMES} label={(name) => t(`tab.${name}`)}>
        {(name) => {
          const Part = PARTS[name];
          return <Part />;
        }}
      </AddressTabs>
    </>
  );
}
