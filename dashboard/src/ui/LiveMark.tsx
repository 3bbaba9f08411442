import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LiveState } from '../live/useLive';
import classes from './LiveMark.module.css';
import { ToneShape } from './StatusBadge';

const TONES = { live: 'good', polling: 'busy', paused: 'wait', stale: 'warn' } as const;

/** Whether the screen is live, and if not, why. */
export function LiveMark({ state }: { state: LiveState }) {
  const { t } = useTranslation('common');
  return (
    <Tooltip label={t(`live.why.${state}`)} multiline maw={260}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason in the tooltip must be reachable by keyboard */}
      <span className={classes.mark} role="status" tabIndex={0} data-state={state}>
        <ToneShape tone={TONES[state]} />
        {t(`live.${state}`)}
      </span>
    </Tooltip>
  );
}
