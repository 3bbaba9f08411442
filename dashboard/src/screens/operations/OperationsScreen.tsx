import { useTranslation } from 'react-i18next';
import { AddressTabs } from '../../components/AddressTabs';
import { PageHeader } from '../../components/PageHeader';
import { LiveMark } from '../../live/LiveMark';
import { useAskOften } from '../../live/useAskOften';
import { AllActs } from './AllActs';
import { Controls } from './Controls';
import { DeadLetters } from './DeadLetters';
import { Jobs } from './Jobs';
import { Nodes } from './Nodes';
import { Workers } from './Workers';

const PARTS = {
  jobs: Jobs,
  dead: DeadLetters,
  workers: Workers,
  nodes: Nodes,
  controls: Controls,
  acts: AllActs,
};
const NAMES = ['jobs', 'dead', 'workers', 'nodes', 'controls', 'acts'] as const;

/** For who runs the installation: what runs, what gave up, and what is held back. */
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
