import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconLogout2, IconPlayerPlay, IconPlayerStop, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Session } from '../../api/types';
import { showProblem } from '../../ui/showProblem';

const EndSession = lazy(() => import('./EndSession'));

type Act = 'start' | 'stop' | 'restart' | 'tryAgain';
const PATHS = {
  start: '/api/v1/sessions/{id}/start',
  stop: '/api/v1/sessions/{id}/stop',
  restart: '/api/v1/sessions/{id}/restart',
  tryAgain: '/api/v1/sessions/{id}/try-again',
} as const;

/** Actions of a session. Unpairing and deleting show first what they affect. */
export function SessionActions({ session }: { session: Session }) {
  const { t } = useTranslation('sessions');
  const client = useQueryClient();
  const [ending, setEnding] = useState<'logout' | 'delete'>();
  const act = async (name: Act) => {
    const { error } = await api.POST(PATHS[name], { params: { path: { id: session.id } } });
    if (error) showProblem(error);
    else notifications.show({ message: t(`done.${name}`, { name: session.name }) });
    await client.invalidateQueries({ queryKey: ['get', '/api/v1/sessions'] });
  };
  const running = session.desired === 'running';
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('act.menu', { name: session.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {!running && (
            <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => void act('start')}>
              {t('act.start')}
            </Menu.Item>
          )}
          {running && (
            <>
              {session.health.reason === 'many_rejections' && (
                <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => void act('tryAgain')}>
                  {t('act.tryAgain')}
                </Menu.Item>
              )}
              <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => void act('restart')}>
                {t('act.restart')}
              </Menu.Item>
              <Menu.Item leftSection={<IconPlayerStop size={16} />} onClick={() => void act('stop')}>
                {t('act.stop')}
              </Menu.Item>
            </>
          )}
          <Menu.Divider />
          {session.phone && (
            <Menu.Item leftSection={<IconLogout2 size={16} />} onClick={() => setEnding('logout')}>
              {t('act.logout')}
            </Menu.Item>
          )}
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setEnding('delete')}>
            {t('act.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {ending && <EndSession session={session} how={ending} onClose={() => setEnding(undefined)} />}
      </Suspense>
    </>
  );
}
