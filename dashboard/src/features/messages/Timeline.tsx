import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../api/types';
import { Reason } from '../../components/Reason';
import { useZone } from '../../time/useZone';
import { type Tone, ToneShape } from '../../ui/StatusBadge';
import { ExactTime } from '../../ui/Time';
import { useSessions } from '../sessions/useSessions';
import classes from './Timeline.module.css';

type Happening = Model<'HappeningView'>;

const WHAT: Record<string, Tone> = {
  sent: 'busy',
  delivered: 'good',
  read: 'good',
  received: 'good',
  failed: 'bad',
  expired: 'off',
  cancelled: 'off',
  moved: 'warn',
};
const OUTCOME: Record<string, Tone> = { done: 'good', retry: 'warn', give_up: 'bad', unknown: 'warn', lost: 'warn' };

const toneOf = ({ what, outcome }: Happening) => (outcome ? OUTCOME[outcome] : WHAT[what]) ?? 'wait';

/** What happened to a message, oldest first. */
export function Timeline({ items }: { items: Happening[] }) {
  return (
    <ol className={classes.line}>
      {items.map((item) => (
        <li key={`${item.at} ${item.what} ${item.attempt}`} className={classes.item}>
          <span className={classes.mark}>
            <ToneShape tone={toneOf(item)} />
          </span>
          <Entry item={item} />
        </li>
      ))}
    </ol>
  );
}

function Entry({ item }: { item: Happening }) {
  const { t } = useTranslation('messages');
  const { language } = useZone();
  const title =
    item.what === 'attempt'
      ? t('timeline.attemptOutcome', {
          number: item.attempt,
          outcome: t(`outcome.${item.outcome}`, { defaultValue: item.outcome ?? '' }),
        })
      : t(`timeline.${item.what}`, { defaultValue: item.what });
  const took = item.duration_ms;
  return (
    <div className={classes.words}>
      <Group justify="space-between" gap="xs">
        <Text fw={600} size="sm">
          {title}
        </Text>
        <Text size="xs" c="dimmed" className="tabular">
          <ExactTime at={item.at} />
        </Text>
      </Group>
      <Text size="sm" c="dimmed" component="div">
        <Why item={item} />
      </Text>
      {took !== null && took !== undefined && (
        <Text size="xs" c="dimmed">
          {t('timeline.took', { ms: new Intl.NumberFormat(language).format(took) })}
        </Text>
      )}
    </div>
  );
}

/** The reason in the user's language; below it the original text of WAHA or the worker. */
function Why({ item }: { item: Happening }) {
  const { t } = useTranslation('messages');
  const { nameOf } = useSessions();
  const [from, to] = item.what === 'moved' ? (item.detail?.match(/ses_\w+/g) ?? []) : [];
  // When it is due stands among the facts, in the user's zone.
  const said = from || item.what === 'scheduled' ? null : item.detail;
  return (
    <>
      {from && to && <div>{t('timeline.movedBetween', { from: nameOf(from), to: nameOf(to) })}</div>}
      {item.code && (
        <div>
          <Reason code={item.code} /> <code>{item.code}</code>
        </div>
      )}
      {said && <div lang="en">{said}</div>}
    </>
  );
}
