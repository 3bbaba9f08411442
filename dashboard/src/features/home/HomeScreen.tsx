import { Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProfile } from '../../api/useSession';
import { useHints } from '../../live/LiveProvider';
import { LiveMark } from '../../ui/LiveMark';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Developer } from './Developer';
import { Marketer } from './Marketer';
import { Onboarding } from './Onboarding';
import { Operator } from './Operator';
import { useOverview } from './useOverview';

/** Home: one section per role; every figure links to what it counts. */
export default function HomeScreen() {
  const { t } = useTranslation('home');
  const profile = useProfile();
  const live = useHints(['session', 'message', 'campaign', 'conversation', 'job'], '/api/v1/overview');
  const { data, error, isPending, refetch } = useOverview();
  return (
    <>
      <PageHeader
        title={t('title', { name: profile?.user.name ?? '' })}
        subtitle={profile?.organization.name}
        badges={<LiveMark state={live} />}
      />
      <Stack gap={28}>
        {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {isPending && <Skeleton h={280} radius="lg" />}
        {data && <Onboarding done={data.onboarding} />}
        <Marketer overview={data} />
        <Developer overview={data} />
        {profile?.user.operator && <Operator />}
      </Stack>
    </>
  );
}
