import { Loader, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { $api, api } from '../../../api/client';
import { asFault } from '../../../api/problem';
import type { Model } from '../../../api/types';
import { chooseLanguage, LANGUAGES, type Language } from '../../../i18n';
import { Brand } from '../../../ui/Brand';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { ExactTime } from '../../../ui/Time';
import classes from './Pairing.module.css';
import { QrCode } from './QrCode';
import { Steps } from './Steps';

const POLL_MS = 2500;

/** What a shared link shows, without a login: the code of one session, and that it was scanned. */
export default function SharedPairScreen() {
  const { t, i18n } = useTranslation('pairing');
  const { token = '' } = useParams();
  const link = $api.useQuery(
    'get',
    '/api/v1/pairing/{token}',
    { params: { path: { token } } },
    { refetchInterval: ({ state }) => (state.error || state.data?.status === 'working' ? false : POLL_MS) },
  );
  useEffect(() => {
    document.title = `${link.data ? t('title', { name: link.data.name }) : t('shared.title')} · Wahana`;
  }, [t, link.data]);
  const ended = asFault(link.error).status === 404;
  return (
    <main className={classes.shared}>
      <Brand />
      <Paper withBorder className={classes.panel} aria-live="polite">
        {ended && <Message title={t('shared.ended')} detail={t('shared.endedDetail')} />}
        {link.error && !ended && <ProblemAlert error={link.error} onRetry={() => void link.refetch()} />}
        {link.isPending && <Loader mx="auto" />}
        {link.data && !ended && <Opened token={token} link={link.data} />}
      </Paper>
      <SegmentedControl
        size="xs"
        aria-label={t('shared.language')}
        value={i18n.language}
        onChange={(value) => chooseLanguage(value as Language)}
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      />
    </main>
  );
}

function Opened({ token, link }: { token: string; link: Model<'OpenedView'> }) {
  const { t } = useTranslation('pairing');
  if (link.status === 'working')
    return <Message title={t('done.title')} detail={t('shared.done', { name: link.name })} />;
  const params = { path: { token }, query: { format: 'png' } } as const;
  return (
    <>
      <Title order={1} mb={4}>
        {t('title', { name: link.name })}
      </Title>
      <Text c="dimmed" mb="lg">
        {t('shared.subtitle')} {t('shared.until')} <ExactTime at={link.expires_at} />.
      </Text>
      {link.status === 'scan_qr_code' ? (
        <div className={classes.columns}>
          <Steps way="shared" />
          <div className={classes.code}>
            <QrCode
              of={token}
              fetchCode={(signal) => api.GET('/api/v1/pairing/{token}/qr', { params, parseAs: 'blob', signal })}
            />
          </div>
        </div>
      ) : (
        <Waiting status={link.status} />
      )}
    </>
  );
}

/** No code yet: the guest can wait, or ask the sender of the link. */
function Waiting({ status }: { status: Model<'SessionStatus'> }) {
  const { t } = useTranslation('pairing');
  const starting = status === 'pending' || status === 'starting';
  return (
    <Stack align="center" py="xl" gap="sm">
      {starting && <Loader />}
      <Title order={2}>{starting ? t('wait.starting') : t('shared.notReady')}</Title>
      <Text c="dimmed" ta="center" maw={460}>
        {starting ? t('wait.startingDetail') : t('shared.notReadyDetail')}
      </Text>
    </Stack>
  );
}

function Message({ title, detail }: { title: string; detail: string }) {
  return (
    <Stack align="center" py="xl" gap="sm">
      <Title order={1} ta="center">
        {title}
      </Title>
      <Text c="dimmed" ta="center" maw={440}>
        {detail}
      </Text>
    </Stack>
  );
}
