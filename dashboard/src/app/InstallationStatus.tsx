import { Popover, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { $api } from '../api/client';
import type { Model } from '../api/types';
import { useProfile } from '../api/useSession';
import { type Tone, ToneShape } from '../ui/StatusBadge';
import { Time } from '../ui/Time';
import classes from './InstallationStatus.module.css';

type Part = Model<'PartView'>;

const POLL_MS = 15_000;
const TONES: Record<Part['state'], Tone> = { ok: 'good', unknown: 'wait', degraded: 'warn', down: 'bad' };

/** Status of the installation: one mark for all, and one for each part in the popover. */
export default function InstallationStatus() {
  const { t } = useTranslation('nav');
  const operator = useProfile()?.user.operator;
  const { data, isError } = $api.useQuery('get', '/api/v1/status', {}, { refetchInterval: POLL_MS });
  if (!data && !isError) return null;
  const worst = isError ? 'unknown' : (data?.state ?? 'unknown');
  const bad = data?.parts.filter(({ state }) => state !== 'ok') ?? [];
  const [first] = bad;
  const words =
    isError || !first
      ? t(`status.all.${worst}`)
      : t('status.one', { part: t(`status.part.${first.part}`), state: t(`status.state.${first.state}`) });
  return (
    <Popover position="top-start" width={264} withArrow={false} offset={6} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.button} aria-label={t('status.label', { words })}>
          <ToneShape tone={TONES[worst]} />
          <span>{words}</span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Text fw={600} size="sm" mb={6}>
          {t('status.title')}
        </Text>
        <ul className={classes.parts}>
          {data?.parts.map((part) => (
            <PartRow key={part.part} {...part} />
          ))}
        </ul>
        {operator && (
          <Link to="/operations" className={classes.more}>
            {t('status.operations')}
          </Link>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function PartRow({ part, state, since, reason }: Part) {
  const { t } = useTranslation('nav');
  return (
    <li>
      <ToneShape tone={TONES[state]} />
      <div>
        <span className={classes.part}>{t(`status.part.${part}`)}</span>{' '}
        <span className={classes.state}>{t(`status.state.${state}`)}</span>
        {state !== 'ok' && (
          <Text size="xs" c="dimmed" component="div">
            {reason && t(`status.reason.${reason}`)} {since && <Time at={since} />}
          </Text>
        )}
      </div>
    </li>
  );
}
