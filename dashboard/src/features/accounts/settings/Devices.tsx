import { Button, Skeleton, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api, api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { ConfirmImpact } from '../../../ui/ConfirmImpact';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { StatusBadge } from '../../../ui/StatusBadge';
import { Time } from '../../../ui/Time';
import classes from './Settings.module.css';

type Device = Model<'DeviceView'>;

/** Where the person is logged in; each can be logged out from here. */
export function Devices() {
  const { t } = useTranslation('settings');
  const query = $api.useQuery('get', '/api/v1/user/devices');
  const [ending, setEnding] = useState<Device[]>();
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton h={120} />;
  const others = query.data.items.filter((device) => !device.current);
  const end = async () => {
    const { error } =
      ending?.length === 1 && ending[0]
        ? await api.DELETE('/api/v1/user/devices/{id}', { params: { path: { id: ending[0].id } } })
        : await api.DELETE('/api/v1/user/devices');
    if (error) throw error;
    await query.refetch();
  };
  return (
    <>
      <ul className={classes.devices}>
        {query.data.items.map((device) => (
          <DeviceRow key={device.id} device={device} onEnd={() => setEnding([device])} />
        ))}
      </ul>
      {others.length > 1 && (
        <Button variant="default" onClick={() => setEnding(others)}>
          {t('devices.endOthers')}
        </Button>
      )}
      <ConfirmImpact
        opened={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title={t('devices.endTitle')}
        impact={ending?.map(nameOf)}
        confirm={t('devices.end')}
        onConfirm={end}
      >
        {t('devices.endDetail')}
      </ConfirmImpact>
    </>
  );
}

const nameOf = ({ user_agent, address }: Device) => [browser(user_agent), address].filter(Boolean).join(' · ');

/** "Chrome, Linux" out of what a browser calls itself; else its own words. */
function browser(agent: string | null | undefined): string {
  const name = agent?.match(/Edg|Firefox|Chrome|Safari/)?.[0].replace('Edg', 'Edge');
  const system = agent?.match(/Android|iPhone|iPad|Windows|Mac OS|Linux/)?.[0];
  return [name, system].filter(Boolean).join(', ') || (agent ?? '–');
}

function DeviceRow({ device, onEnd }: { device: Device; onEnd: () => void }) {
  const { t } = useTranslation('settings');
  return (
    <li className={classes.device}>
      <div>
        <Text fw={600} title={device.user_agent ?? undefined}>
          {nameOf(device)}
        </Text>
        <Text size="sm" c="dimmed" component="div">
          {t('devices.seen')} <Time at={device.last_seen_at} />
        </Text>
      </div>
      {device.current ? (
        <StatusBadge tone="good" label={t('devices.current')} />
      ) : (
        <Button variant="default" size="compact-sm" onClick={onEnd}>
          {t('devices.end')}
        </Button>
      )}
    </li>
  );
}
