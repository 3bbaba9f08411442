import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useZone } from '../../time/useZone';
import { Progress } from '../../ui/Progress';
import { StatTile, StatTiles } from '../../ui/StatTile';
import { StatusBadge } from '../../ui/StatusBadge';
import { campaignTone } from '../campaigns/campaign';
import { NumberHealth } from './NumberHealth';
import classes from './Overview.module.css';
import { Nothing, Panel, Section } from './Section';
import type { Overview } from './useOverview';

/** Home for marketers: campaigns, replies, numbers. */
export function Marketer({ overview }: { overview: Overview | undefined }) {
  const { t } = useTranslation('home');
  return (
    <Section title={t('reach.title')}>
      <Tiles overview={overview} />
      <div className={classes.panels}>
        <Panel title={t('reach.campaigns')} all={{ to: '/campaigns', label: t('reach.allCampaigns') }}>
          {overview?.campaigns.items.length === 0 && (
            <Nothing to="/campaigns/new" action={t('reach.newCampaign')}>
              {t('reach.noCampaign')}
            </Nothing>
          )}
          <ul className={classes.rows}>
            {overview?.campaigns.items.map((campaign) => (
              <CampaignRow key={campaign.id} campaign={campaign} />
            ))}
          </ul>
        </Panel>
        <Panel title={t('reach.numbers')} all={{ to: '/sessions', label: t('reach.allNumbers') }}>
          <NumberHealth sessions={overview?.sessions} />
        </Panel>
      </div>
    </Section>
  );
}

function Tiles({ overview }: { overview: Overview | undefined }) {
  const { t } = useTranslation('home');
  const { language } = useZone();
  const number = new Intl.NumberFormat(language);
  const today = overview?.messages_today;
  const count = (...states: string[]) => states.reduce((sum, state) => sum + (today?.by_state[state] ?? 0), 0);
  const [failed, received] = [count('failed'), count('received')];
  const since = encodeURIComponent(today?.since ?? '');
  const replies = overview?.inbox.replies_waiting;
  return (
    <StatTiles>
      <StatTile
        label={t('reach.running')}
        value={overview?.campaigns.running}
        to="/campaigns?state=running"
        note={t('reach.runningNote', {
          paused: number.format(overview?.campaigns.paused ?? 0),
          scheduled: number.format(overview?.campaigns.scheduled ?? 0),
        })}
      />
      <StatTile
        label={t('reach.replies')}
        value={replies}
        to="/inbox?show=unread"
        tone={replies ? 'wait' : undefined}
        note={t('reach.repliesNote', { count: overview?.inbox.unread_messages ?? 0 })}
      />
      <StatTile
        label={t('reach.sent')}
        value={today?.sent}
        to={`/messages?direction=outbound&from=${since}`}
        note={t('reach.sentNote', { received: number.format(received) })}
      />
      <StatTile
        label={t('reach.failed')}
        value={today && failed}
        to={`/messages?state=failed&from=${since}`}
        tone={failed > 0 ? 'bad' : undefined}
        note={failed > 0 ? t('reach.failedNote') : t('reach.fine')}
      />
    </StatTiles>
  );
}

function CampaignRow({ campaign }: { campaign: Overview['campaigns']['items'][number] }) {
  const { t } = useTranslation('home');
  const { language } = useZone();
  const number = new Intl.NumberFormat(language);
  const { id, name, state, total, sent, delivered, read, failed } = campaign;
  return (
    <li>
      <div className={classes.rowHead}>
        <Anchor component={Link} to={`/campaigns/${id}`} className={classes.name}>
          {name}
        </Anchor>
        <StatusBadge tone={campaignTone(state)} label={t(`campaign.${state}`)} />
      </div>
      <Progress
        done={sent + failed}
        total={total}
        label={t('reach.progressOf', { name })}
        animated={state === 'running'}
      />
      <Text size="xs" c="dimmed" mt={4} className="tabular">
        {t('reach.funnel', {
          delivered: number.format(delivered),
          read: number.format(read),
          failed: number.format(failed),
        })}
      </Text>
    </li>
  );
}
