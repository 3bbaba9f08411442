import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../../components/PageHeader';
import { LiveMark } from '../../live/LiveMark';
import { useHints } from '../../live/LiveProvider';
import { AllActs } from './AllActs';
import { Controls } from './Controls';
import { DeadLetters } from './DeadLetters';
import { Jobs } from './Jobs';
import { Nodes } from './Nodes';
import { Workers } from './Workers';

const PARTS = { jobs: Jobs, dead: DeadLetters, workers: Workers, nodes: Nodes, controls: Controls, acts: AllActs };
const NAMES = Object.keys(PARTS) as (keyof typeof PARTS)[];

/** For who runs the installation: what runs, what gave up, and what is held back. */
export default function OperationsScreen() {
  const { t } = useTranslation('operations');
  const [search, setSearch] = useSearchParams();
  const live = useHints(['job', 'message', 'session'], '/api/v1/operator');
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} badges={<LiveMark state={live} />} />
      <Tabs
        value={search.get('tab') ?? 'jobs'}
        onChange={(tab) => setSearch(tab && tab !== 'jobs' ? { tab } : {}, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          {NAMES.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {NAMES.map((name) => {
          const Part = PARTS[name];
          return (
            <Tabs.Panel key={name} value={name}>
              <Part />
            </Tabs.Panel>
          );
        })}
      </Tabs>
    </>
  );
}
