import { Anchor, Button, Group, Loader, Text } from '@mantine/core';
import { IconDownload, IconFile } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../../api/media';
import { asFault } from '../../api/problem';
import { ProblemText } from '../../components/ProblemWords';
import { saveFile } from '../../ui/saveFile';
import { type Message, mediaKind, mediaOf } from './content';
import classes from './Media.module.css';

/** The file of a message: pictures at once, other files on demand. Never loaded from other hosts. */
export function Media({ message }: { message: Message }) {
  const sent = mediaOf(message.content);
  if (message.media) {
    const { mimetype, filename } = message.media;
    return <Stored of={{ message: message.id }} mimetype={mimetype} filename={filename} />;
  }
  if (!sent) return null;
  if ('url' in sent) return <Linked url={sent.url} />;
  return <Stored of={{ upload: sent.id }} mimetype={sent.mimetype} filename={sent.filename} />;
}

interface StoredProps {
  of: { message: string } | { upload: string };
  mimetype?: string | null;
  filename?: string | null;
}

function Stored({ of, mimetype, filename }: StoredProps) {
  const { t } = useTranslation('messages');
  const kind = mediaKind(mimetype);
  const [asked, setAsked] = useState(kind === 'image');
  const name = filename ?? t(`file.${kind}`);
  const file = useQuery({
    queryKey: ['media', of],
    queryFn: ({ signal }) => download(of, signal),
    enabled: asked,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const url = useObjectUrl(file.data);
  if (file.error) return <Failed error={file.error} onRetry={() => void file.refetch()} />;
  if (!asked || kind === 'file') {
    const get = async () => {
      setAsked(true);
      const blob = file.data ?? (await file.refetch()).data;
      if (blob && kind === 'file') saveFile(name, blob);
    };
    return (
      <button type="button" className={classes.file} onClick={() => void get()}>
        <IconFile size={20} stroke={1.5} aria-hidden="true" />
        <span className={classes.name}>{name}</span>
        {file.isFetching ? <Loader size={14} /> : <IconDownload size={16} aria-label={t('file.get')} role="img" />}
      </button>
    );
  }
  if (!url) return <div className={classes.waiting} role="status" aria-label={t('file.loading')} />;
  if (kind === 'image') return <img src={url} alt={name} className={classes.picture} />;
  if (kind === 'video')
    // biome-ignore lint/a11y/useMediaCaption: people's own videos have no captions
    return <video src={url} controls className={classes.picture} aria-label={name} />;
  // biome-ignore lint/a11y/useMediaCaption: voice notes have no captions
  return <audio src={url} controls className={classes.sound} aria-label={name} />;
}

/** A linked file, fetched by the server when the message is sent; the browser never fetches it. */
function Linked({ url }: { url: string }) {
  return (
    <Anchor href={url} target="_blank" rel="noreferrer noopener" className={classes.file} size="sm">
      <IconFile size={20} stroke={1.5} aria-hidden="true" />
      <span className={classes.name}>{url}</span>
    </Anchor>
  );
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('messages');
  return (
    <Group gap="xs" className={classes.file} role="alert">
      <div>
        <Text size="sm" fw={600}>
          {t('file.failed')}
        </Text>
        <ProblemText fault={asFault(error)} />
      </div>
      <Button size="compact-xs" variant="default" onClick={onRetry}>
        {t('common:action.retry')}
      </Button>
    </Group>
  );
}

/** An address for a file in memory, as long as it is shown. */
export function useObjectUrl(file: Blob | null | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!file) return setUrl(undefined);
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}
