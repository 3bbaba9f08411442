import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { OperatorTiles } from '../operator/OperatorTiles';
import { Section } from './Section';

const POLL_MS = 10_000;

/** Home for operators: tiles of the installation. */
export function Operator() {
  const { t } = useTranslation('home');
  const { data, error, refetch } = $api.useQuery('get', '/api/v1/operator/overview', {}, { refetchInterval: POLL_MS });
  return (
    <Section title={t('run.title')}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      <OperatorTiles overview={data} />
    </Section>
  );
}
