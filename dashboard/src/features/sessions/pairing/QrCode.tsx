import { Button, Loader, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../../time/useZone';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import classes from './Pairing.module.css';

/** An answer with a code, as `api.GET(..., { parseAs: 'blob' })` gives it. */
export type FetchCode = (signal: AbortSignal) => Promise<{ data?: unknown; error?: unknown; response: Response }>;

/** How long a code is good where the answer does not say: WhatsApp changes it about every 20 s. */
const GOOD_MS = 10_000;

/** The code to scan: fetched anew when it ends, with a countdown, and at the press of a button. */
export function QrCode({ of, fetchCode }: { of: string; fetchCode: FetchCode }) {
  const { t } = useTranslation('pairing');
  const query = useQuery({
    // Not under the path of the session: a change of its state must not make a new code.
    queryKey: ['qr', of],
    queryFn: async ({ signal }) => {
      const { data, error, response } = await fetchCode(signal);
      if (!data) throw error;
      const told = Date.parse(response.headers.get('X-Qr-Expires-At') ?? '');
      return { image: data as Blob, ends: Number.isNaN(told) ? Date.now() + GOOD_MS : told };
    },
    refetchInterval: ({ state }) => Math.max(1000, (state.data?.ends ?? 0) - Date.now()),
    staleTime: 0,
    gcTime: 0,
  });
  const image = useObjectUrl(query.data?.image);
  const now = useNow();
  const seconds = Math.max(0, Math.ceil(((query.data?.ends ?? 0) - now.getTime()) / 1000));
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
