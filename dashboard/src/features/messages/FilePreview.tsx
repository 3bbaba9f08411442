import { IconFile, IconMicrophone, IconMovie, IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Kind } from './content';
import { useObjectUrl } from './Media';
import classes from './Media.module.css';

const ICONS = { image: IconPhoto, video: IconMovie, document: IconFile, voice: IconMicrophone };

/** The file that will be sent. A linked one is only named: we load nothing from elsewhere. */
export function FilePreview({ kind, file, url }: { kind: Kind; file: File | null; url: string }) {
  const { t } = useTranslation('messages');
  const own = useObjectUrl(file);
  if (kind === 'text') return null;
  const name = file?.name ?? url.split('/').at(-1);
  if (own && kind === 'image') return <img src={own} alt={name} className={classes.picture} />;
  // biome-ignore lint/a11y/useMediaCaption: people's own videos have no captions
  if (own && kind === 'video') return <video src={own} controls className={classes.picture} aria-label={name} />;
  // biome-ignore lint/a11y/useMediaCaption: voice notes have no captions
  if (own && kind === 'voice') return <audio src={own} controls className={classes.sound} aria-label={name} />;
  const Icon = ICONS[kind];
  return (
    <span className={classes.file}>
      <Icon size={20} stroke={1.5} aria-hidden="true" />
      <span className={classes.name}>{name || t(`kind.${kind}`)}</span>
    </span>
  );
}
