import { Button, Paper, Skeleton } from '@mantine/core';
import { IconShare } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Session } from '../../../api/types';
import { LiveMark } from '../../../ui/LiveMark';
import { PageHeader } from '../../../ui/PageHeader';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { SessionStatus } from '../SessionState';
import { useSessionLive } from '../session/useSessionLive';
import { Code } from './Code';
import { NotReady } from './NotReady';
import { Paired } from './Paired';
import classes from './Pairing.module.css';

const ShareLink = lazy(() => import('./ShareLink'));

/** Connects a phone: shows the code while WhatsApp wants one, and ends by itself when the phone is paired. */
export default function PairingScreen() {
  const { t } = useTranslation('pairing');
  const { id = '' } = useParams();
  const { live, query, again } = useSessionLive(id);
  const session = query.data;
  const [sharing, setSharing] = useState(false);
  return (
    <>
      <PageHeader
        title={t('title', { name: session?.name ?? '' })}
        subtitle={t('subtitle')}
        back={{ to: `/sessions/${id}`, label: session?.name ?? t('back') }}
        badges={
          <>
            {session && <SessionStatus status={session.status} />}
            <LiveMark state={live} />
          </>
        }
        actions={
          <Button variant="default" leftSection={<IconShare size={16} />} onClick={() => setSharing(true)}>
            {t('share.title')}
          </Button>
        }
      />
      <Suspense>{sharing && <ShareLink id={id} onClose={() => setSharing(false)} />}</Suspense>
      {query.error && <ProblemAlert error={query.error} onRetry={again} />}
      {query.isPending && <Skeleton h={360} radius="lg" />}
      {session && (
        <Paper withBorder className={classes.panel} aria-live="polite">
          <Step session={session} />
        </Paper>
      )}
    </>
  );
}

function Step({ session }: { session: Session }) {
  if (session.status === 'working') return <Paired session={session} />;
  if (session.status === 'scan_qr_code' && session.desired === 'running') return <Code session={session} />;
  return <NotReady session={session} />;
}
