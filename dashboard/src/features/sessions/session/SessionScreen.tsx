import { Button, Skeleton } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useParams } from 'react-router';
import { asFault } from '../../../api/problem';
import type { Session } from '../../../api/types';
import { AddressTabs } from '../../../ui/AddressTabs';
import { LiveMark } from '../../../ui/LiveMark';
import { PageHeader } from '../../../ui/PageHeader';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { SessionActions } from '../SessionActions';
import { SessionHealth, SessionStatus } from '../SessionState';
import { needsPairing } from '../tones';
import { Overview } from './Overview';
import { useSessionLive } from './useSessionLive';

const PolicyEditor = lazy(() => import('./PolicyEditor'));
const History = lazy(() => import('./History'));

/** One session: health, pace, history. */
export default function SessionScreen() {
  const { t } = useTranslation('session');
  const { id = '' } = useParams();
  const { live, query, again } = useSessionLive(id);
  const session = query.data;
  // It was here and is gone: deleted, from this screen or elsewhere.
  if (session && asFault(query.error).status === 404) return <Navigate to="/sessions" replace />;
  return (
    <>
      <PageHeader
        title={session?.name ?? t('title')}
        subtitle={session?.description}
        back={{ to: '/sessions', label: t('back') }}
        badges={
          <>
            {session && <SessionStatus status={session.status} />}
            {session && <SessionHealth health={session.health} />}
            <LiveMark state={live} />
          </>
        }
        actions={
          session && (
            <>
              <SessionActions session={session} />
              {needsPairing(session) && (
                <Button component={Link} to={`/sessions/${id}/pair`} leftSection={<IconQrcode size={17} />}>
                  {t('pair')}
                </Button>
              )}
            </>
          )
        }
      />
      {query.error && <ProblemAlert error={query.error} onRetry={again} />}
      {query.isPending && <Skeleton h={320} radius="lg" />}
      {session && <Parts session={session} />}
    </>
  );
}

function Parts({ session }: { session: Session }) {
  const { t } = useTranslation('session');
  const part = {
    overview: <Overview session={session} />,
    pace: <PolicyEditor session={session} />,
    history: <History id={session.id} />,
  };
  return (
    <AddressTabs names={['overview', 'pace', 'history']} label={(name) => t(`tab.${name}`)}>
      {(name) => part[name]}
    </AddressTabs>
  );
}
