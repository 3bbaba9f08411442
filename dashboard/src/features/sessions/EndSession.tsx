import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { $api, api } from '../../api/client';
import type { Session } from '../../api/types';
import { useZone } from '../../time/useZone';
import { ConfirmImpact } from '../../ui/ConfirmImpact';

type How = 'logout' | 'delete';

interface Props {
  session: Session;
  how: How | undefined;
  onClose: () => void;
}

/** Unpairs or deletes a session; shows first what is affected. */
export default function EndSession({ session, how, onClose }: Props) {
  const { t } = useTranslation('sessions');
  const client = useQueryClient();
  const impact = useImpact(session, how);
  const end = async () => {
    const params = { path: { id: session.id } };
    const { error } =
      how === 'delete'
        ? await api.DELETE('/api/v1/sessions/{id}', {
            params: { ...params, query: { force: true, cancel_scheduled: true } },
          })
        : await api.POST('/api/v1/sessions/{id}/logout', { params });
    if (error) throw error;
    await client.invalidateQueries({ queryKey: ['get', '/api/v1/sessions'] });
  };
  return (
    <ConfirmImpact
      opened={how !== undefined}
      onClose={onClose}
      title={
        how === 'delete' ? t('end.deleteTitle', { name: session.name }) : t('end.logoutTitle', { name: session.name })
      }
      impact={impact}
      confirm={how === 'delete' ? t('act.delete') : t('act.logout')}
      typed={how === 'delete' ? session.name : undefined}
      onConfirm={end}
    >
      {how === 'delete' ? t('end.deleteDetail') : t('end.logoutDetail')}
    </ConfirmImpact>
  );
}

/** Waiting messages, campaigns and pools of the session. */
function useImpact(session: Session, how: How | undefined): string[] | undefined {
  const { t } = useTranslation('sessions');
  const { language } = useZone();
  const { data } = $api.useQuery(
    'get',
    '/api/v1/sessions/{id}/impact',
    { params: { path: { id: session.id } } },
    { enabled: how !== undefined, staleTime: 0 },
  );
  if (!data) return undefined;
  const count = data.waiting_messages;
  const waiting = how === 'delete' ? t('end.waitingDelete', { count }) : t('end.waitingLogout', { count });
  const campaigns = data.campaigns.map(({ name, only_sender, people_left }) => {
    const people = new Intl.NumberFormat(language).format(people_left);
    return only_sender ? t('end.campaignPauses', { name, people }) : t('end.campaign', { name, people });
  });
  const pools = data.sender_pools.map(({ name, others }) =>
    others > 0 ? t('end.pool', { name, count: others }) : t('end.poolEmpty', { name }),
  );
  return [...(count > 0 ? [waiting] : []), ...campaigns, ...pools];
}
