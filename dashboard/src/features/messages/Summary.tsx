import {
  IconAddressBook,
  IconBan,
  IconChartBar,
  IconFile,
  IconMapPin,
  IconMicrophone,
  IconMoodSmile,
  IconMovie,
  IconMusic,
  IconPhoto,
  IconQuestionMark,
  IconSticker,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Summary.module.css';

const ICONS: Record<string, TablerIcon> = {
  image: IconPhoto,
  video: IconMovie,
  document: IconFile,
  voice: IconMicrophone,
  audio: IconMusic,
  sticker: IconSticker,
  location: IconMapPin,
  contacts: IconAddressBook,
  poll: IconChartBar,
  reaction: IconMoodSmile,
  deleted: IconBan,
  unknown: IconQuestionMark,
};

/** A message in one line: what kind of file, and the beginning of the words. */
export function Summary({ kind, words }: { kind: string; words: string | null | undefined }) {
  const { t } = useTranslation('messages');
  const Icon = ICONS[kind];
  return (
    <span className={classes.line}>
      {Icon && (
        <Icon size={15} role="img" aria-label={t(`kind.${kind}`, { defaultValue: kind })} className={classes.icon} />
      )}
      <span className={classes.words}>{words || (Icon ? t(`kind.${kind}`, { defaultValue: kind }) : '–')}</span>
    </span>
  );
}
