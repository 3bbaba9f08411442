import { Button, Loader, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useNow } from '../../time/useZone';
import classes from './Pairing.module.css';

/** WhatsApp changes the code about every 20 s; asked this often, an old one never stays long. */
const REFRESH_MS = 10_000;

/** The code to scan: fetched anew by itself, with a countdown, and at the press of a button. */
export function QrCode({ id }: { id: string }) {
  const { t } = useTranslation('pairing');
  const query = useQuery({
    // Not under the path of the session: a change of its state must not make a new code.
    queryKey: ['qr', id],
    queryFn: async ({ signal }) => {
      const params = { path: { id }, query: { format: 'png' } } as const;
      const { data, error } = await api.GET('/api/v1/sessions/{id}/qr', { params, parseAs: 'blob', signal });
      if (!data) throw error;
      return data as Blob;
    },
    refetchInterval: REFRESH_MS,
    staleTime: 0,
    gcTime: 0,
  });
  const image = useObjectUrl(query.data);
  const seconds = useSecondsLeft(query.dataUpdatedAt);
  if (query.error && !query.data) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <div className={classes.qr}>{image ? <img src={image} alt={t('qr.alt')} /> : <Loader color="gray" />}</div>
      <Text size="sm" c="dimmed" className="tabular" aria-live="off">
        {query.isFetching ? t('qr.refreshing') : t('qr.countdown', { seconds })}
      </Text>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconRefresh size={15} />}
        loading={query.isFetching}
        onClick={() => void query.refetch()}
      >
        {t('qr.refresh')}
      </Button>
    </>
  );
}

function useObjectUrl(blob: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}

function useSecondsLeft(updatedAt: number): number {
  const now = useNow();
  const left = Math.ceil((updatedAt + REFRESH_MS - now.getTime()) / 1000);
  return Math.min(REFRESH_MS / 1000, Math.max(0, left));
}
