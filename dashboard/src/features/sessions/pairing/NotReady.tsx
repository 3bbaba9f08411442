import { Button, Loader, Stack, Text, Title } from '@mantine/core';
import { IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Session } from '../../../api/types';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { Remedy } from '../Remedy';

/** No code yet: what is awaited, or what has to be done first. */
export function NotReady({ session }: { session: Session }) {
  const { t } = useTranslation('pairing');
  const stopped = session.desired !== 'running';
  const starting = !stopped && ['pending', 'starting', 'stopped', 'unknown'].includes(session.status);
  const why = stopped ? 'stopped' : starting ? 'starting' : session.status === 'failed' ? 'failed' : 'passkey';
  return (
    <Stack align="center" py="xl" gap="sm">
      {starting && <Loader />}
      <Title order={2} ta="center">
        {t(`wait.${why}`)}
      </Title>
      <Text c="dimmed" ta="center" maw={460}>
        <Remedy health={session.health} fine={t(`wait.${why}Detail`)} />
      </Text>
      {stopped && <Act session={session} act="start" />}
      {(why === 'failed' || why === 'passkey') && <Act session={session} act="restart" />}
    </Stack>
  );
}

function Act({ session, act }: { session: Session; act: 'start' | 'restart' }) {
  const { t } = useTranslation('pairing');
  const client = useQueryClient();
  const [error, setError] = useState<unknown>();
  const [running, setRunning] = useState(false);
  const run = async () => {
    setRunning(true);
    const params = { path: { id: session.id } };
    const { error: problem } =
      act === 'start'
        ? await api.POST('/api/v1/sessions/{id}/start', { params })
        : await api.POST('/api/v1/sessions/{id}/restart', { params });
    setError(problem);
    setRunning(false);
    await client.invalidateQueries({ queryKey: ['get', '/api/v1/sessions/{id}'] });
  };
  const icon = act === 'start' ? <IconPlayerPlay size={17} /> : <IconRefresh size={17} />;
  return (
    <>
      {error !== undefined && <ProblemAlert error={error} />}
      <Button leftSection={icon} loading={running} onClick={() => void run()}>
        {t(`act.${act}`)}
      </Button>
    </>
  );
}
