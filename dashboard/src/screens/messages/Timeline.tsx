import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../api/types';
import { type Tone, ToneShape } from '../../components/StatusBadge';
import { ExactTime } from '../../components/Time';
import { useZone } from '../../time/useZone';
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
      {(item.code || item.detail) && (
        <Text size="sm" c="dimmed">
          {item.code && <code>{item.code}</code>} {item.detail}
        </Text>
      )}
      {took !== null && took !== undefined && (
        <Text size="xs" c="dimmed">
          {t('timeline.took', { ms: new Intl.NumberFormat(language).format(took) })}
        </Text>
      )}
    </div>
  );
}
