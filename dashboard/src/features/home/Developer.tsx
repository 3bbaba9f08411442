import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { $api } from '../../api/client';
import { StatTile, StatTiles } from '../../ui/StatTile';
import { StatusBadge } from '../../ui/StatusBadge';
import { Time } from '../../ui/Time';
import { statusTone } from '../accounts/developers/requests';
import classes from './Overview.module.css';
import { Nothing, Panel, Section } from './Section';
import type { Overview } from './useOverview';

const LOG = '/developers?tab=log';
const POLL_MS = 10_000;

/** Home for developers: requests and their errors. */
export function Developer({ overview }: { overview: Overview | undefined }) {
  const { t } = useTranslation('home');
  return (
    <Section title={t('build.title')}>
      <Tiles overview={overview} />
      <Panel title={t('build.requests')} all={{ to: LOG, label: t('build.allRequests') }}>
        <LastRequests />
      </Panel>
    </Section>
  );
}

function Tiles({ overview }: { overview: Overview | undefined }) {
  const { t } = useTranslation('home');
  const asked = overview?.requests_last_hour;
  const keys = $api.useQuery('get', '/api/v1/user/api-keys', { params: { query: { limit: 200 } } });
  const soon = keys.data?.items.filter((key) => key.expires_at && Date.parse(key.expires_at) < Date.now() + SOON_MS);
  return (
    <StatTiles>
      <StatTile label={t('build.asked')} value={asked?.requests} to={LOG} />
      <StatTile
        label={t('build.errors')}
        value={asked?.client_errors}
        tone={asked?.client_errors ? 'warn' : undefined}
        to={`${LOG}&status=4xx`}
        note={t('build.errorsNote')}
      />
      <StatTile
        label={t('build.faults')}
        value={asked?.server_errors}
        tone={asked?.server_errors ? 'bad' : undefined}
        to={`${LOG}&status=5xx`}
        note={t('build.faultsNote')}
      />
      <StatTile
        label={t('build.keys')}
        value={keys.data?.items.length}
        tone={soon?.length ? 'warn' : undefined}
        to="/developers"
        note={soon?.length ? t('build.keysSoon', { count: soon.length }) : t('build.keysNote')}
      />
    </StatTiles>
  );
}

const SOON_MS = 14 * 86_400_000;

function LastRequests() {
  const { t } = useTranslation('home');
  const { data } = $api.useQuery(
    'get',
    '/api/v1/request-log',
    { params: { query: { limit: 5 } } },
    { refetchInterval: POLL_MS },
  );
  if (data?.items.length === 0) {
    return (
      <Nothing to="/developers?new" action={t('build.newKey')}>
        {t('build.noRequest')}
      </Nothing>
    );
  }
  return (
    <ul className={classes.rows}>
      {data?.items.map((request) => (
        <li key={`${request.at} ${request.request_id}`}>
          <Link to={`${LOG}&request=${request.request_id}`} className={classes.request}>
            <StatusBadge tone={statusTone(request.status)} label={String(request.status)} />
            <code>
              {request.method} {request.path}
            </code>
            <Text size="xs" c="dimmed" component="span">
              <Time at={request.at} />
            </Text>
          </Link>
        </li>
      ))}
    </ul>
  );
}
