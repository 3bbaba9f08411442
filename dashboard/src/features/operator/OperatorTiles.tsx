import { useTranslation } from 'react-i18next';
import type { Model } from '../../api/types';
import { age } from '../../time/format';
import { useZone } from '../../time/useZone';
import { StatTile, StatTiles } from '../../ui/StatTile';
import type { Tone } from '../../ui/StatusBadge';

/** Alert threshold for the age of the oldest job that is limited only by worker capacity. */
const LATE_SECONDS = 10;
const LOST_SECONDS = 60;

const toneOfAge = (seconds: number): Tone =>
  seconds < LATE_SECONDS ? 'good' : seconds < LOST_SECONDS ? 'warn' : 'bad';

/** The installation in five figures, each leading to its list. */
export function OperatorTiles({ overview }: { overview: Model<'OperatorOverviewView'> | undefined }) {
  const { t } = useTranslation('operations');
  const { language } = useZone();
  const oldest = overview?.oldest_runnable_seconds;
  const sum = (of: 'pending' | 'released' | 'running') =>
    overview?.queues.reduce((total, queue) => total + queue[of], 0) ?? 0;
  const { nodes, workers, schedulers, dead_letters } = overview ?? {};
  const sick = nodes && nodes.degraded + nodes.dead;
  const lost = (workers?.lost ?? 0) + (schedulers?.lost ?? 0);
  return (
    <StatTiles>
      <StatTile
        label={t('tile.oldest')}
        value={overview && (oldest == null ? '–' : age(oldest, language))}
        tone={oldest == null ? undefined : toneOfAge(oldest)}
        to="/operations?tab=lanes"
        note={t('tile.oldestNote')}
      />
      <StatTile
        label={t('tile.waiting')}
        value={overview && sum('pending') + sum('released')}
        to="/operations?tab=jobs&state=pending"
        note={t('tile.waitingNote', { running: new Intl.NumberFormat(language).format(sum('running')) })}
      />
      <StatTile
        label={t('tile.dead')}
        value={dead_letters}
        tone={dead_letters ? 'bad' : 'good'}
        to="/operations?tab=dead"
        note={dead_letters ? t('tile.deadNote') : t('tile.deadNone')}
      />
      <StatTile
        label={t('tile.workers')}
        value={workers && workers.working + workers.draining}
        tone={lost > 0 ? 'bad' : workers?.working === 0 ? 'bad' : 'good'}
        to="/operations?tab=workers"
        note={lost > 0 ? t('tile.lost', { count: lost }) : t('tile.schedulers', { count: schedulers?.working ?? 0 })}
      />
      <StatTile
        label={t('tile.nodes')}
        value={nodes && `${nodes.healthy} / ${nodes.healthy + nodes.degraded + nodes.dead + nodes.unknown}`}
        tone={sick ? 'bad' : 'good'}
        to="/operations?tab=nodes"
        note={nodes && t('tile.nodesNote', { sessions: nodes.sessions, capacity: nodes.capacity })}
      />
    </StatTiles>
  );
}
