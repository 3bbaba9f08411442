import { IconAlertCircle, IconBan, IconCheck, IconChecks, IconClock, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../api/types';
import classes from './Ticks.module.css';

type State = Model<'MessageState'>;

const ICONS: Partial<Record<State, TablerIcon>> = {
  sent: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  played: IconChecks,
  failed: IconAlertCircle,
  expired: IconBan,
  cancelled: IconBan,
};

/** How far a message of ours is, as WhatsApp shows it. */
export function Ticks({ state }: { state: State }) {
  const { t } = useTranslation('inbox');
  const Icon = ICONS[state] ?? IconClock;
  return <Icon size={15} className={classes.ticks} data-state={state} role="img" aria-label={t(`tick.${state}`)} />;
}
