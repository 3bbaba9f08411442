import { Anchor, Paper, Skeleton, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { $api } from '../../../api/client';
import type { Model, Session } from '../../../api/types';
import { brief } from '../../../time/format';
import { useZone } from '../../../time/useZone';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { Time } from '../../../ui/Time';
import { Remedy } from '../Remedy';
import { SessionHealth } from '../SessionState';
import { WaitingReason } from '../WaitingReason';
import classes from './Session.module.css';
import { Statistics } from './Statistics';

/** Health and remedy, outbound messages, facts. */
export function Overview({ session }: { session: Session }) {
  return (
    <div className={classes.grid}>
      <HealthCard session={session} />
      <LaneCard id={session.id} />
      <FactsCard session={session} />
      <Statistics id={session.id} />
    </div>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder component="section" className={classes.card}>
      <Title order={2}>{title}</Title>
      {children}
    </Paper>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function HealthCard({ session }: { session: Session }) {
  const { t } = useTranslation('session');
  const { health, parked } = session;
  return (
    <Card title={t('health.title')}>
      <div>
        <SessionHealth health={health} />
      </div>
      <Text>
        <Remedy health={health} fine={t('health.fine')} />
      </Text>
      <dl className={classes.facts}>
        <Fact label={t('health.since')}>
          <Time at={health.since} />
        </Fact>
        {health.reason && (
          <Fact label={t('health.reason')}>{t(`reason.${health.reason}`, { defaultValue: health.reason })}</Fact>
        )}
        {session.new_chat_quota && (
          <Fact label={t('health.quota')}>
            <Quota quota={session.new_chat_quota} />
          </Fact>
        )}
        {health.reason === 'many_rejections' && (
          <Fact label={t('health.resend')}>
            <Anchor component={Link} to={`/messages?session=${session.id}&code=many_rejections`}>
              {t('reason.many_rejections')}
            </Anchor>
          </Fact>
        )}
        {parked && (
          <Fact label={t('health.parked')}>
            <code>{parked.code ?? parked.bulk_code}</code> <Time at={parked.until ?? parked.bulk_until} />
          </Fact>
        )}
      </dl>
    </Card>
  );
}

function Quota({ quota }: { quota: NonNullable<Session['new_chat_quota']> }) {
  const { t } = useTranslation('session');
  const { status, total, used } = quota;
  const words = t(`quota.${status}`);
  return <>{total == null || used == null ? words : `${words} · ${t('health.quotaUse', { used, total })}`}</>;
}

function LaneCard({ id }: { id: string }) {
  const { t } = useTranslation('session');
  const lane = $api.useQuery('get', '/api/v1/sessions/{id}/lane', { params: { path: { id } } });
  return (
    <Card title={t('lane.title')}>
      {lane.error && <ProblemAlert error={lane.error} onRetry={() => void lane.refetch()} />}
      {lane.isPending && <Skeleton h={120} />}
      {lane.data && (
        <>
          <Line name={t('lane.transactional')} line={lane.data.transactional} />
          <Line name={t('lane.bulk')} line={lane.data.bulk} />
          <dl className={classes.facts}>
            <Fact label={t('lane.sent')}>
              <Anchor component={Link} to={`/messages?session=${id}`}>
                {lane.data.sent_24h}
              </Anchor>
            </Fact>
            <Fact label={t('lane.newChats')}>{lane.data.new_chats_24h}</Fact>
          </dl>
        </>
      )}
    </Card>
  );
}

function Line({ name, line }: { name: string; line: Model<'LineView'> }) {
  const { t } = useTranslation('session');
  const zone = useZone();
  return (
    <div className={classes.line}>
      <Text fw={600}>{name}</Text>
      <Text size="sm">{line.waiting ? <WaitingReason waiting={line.waiting} /> : t('lane.free')}</Text>
      <Text size="sm" c="dimmed" className="tabular">
        {line.left == null ? t('lane.noCap') : t('lane.left', { count: line.left })}
        {line.new_chats_left != null && ` · ${t('lane.newChatsLeft', { count: line.new_chats_left })}`}
        {line.open_until && ` · ${t('lane.openUntil', { at: brief(new Date(line.open_until), zone) })}`}
      </Text>
    </div>
  );
}

function FactsCard({ session }: { session: Session }) {
  const { t } = useTranslation('session');
  return (
    <Card title={t('facts.title')}>
      <dl className={classes.facts}>
        <Fact label={t('facts.phone')}>{session.phone ?? t('facts.none')}</Fact>
        <Fact label={t('facts.pushName')}>{session.push_name ?? '–'}</Fact>
        <Fact label={t('facts.in')}>
          <Time at={session.last_inbound_at} />
        </Fact>
        <Fact label={t('facts.out')}>
          <Time at={session.last_outbound_at} />
        </Fact>
        <Fact label={t('facts.created')}>
          <Time at={session.created_at} />
        </Fact>
        <Fact label={t('facts.id')}>
          <code>{session.id}</code>
        </Fact>
      </dl>
    </Card>
  );
}
