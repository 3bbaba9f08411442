import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { $api, api } from '../../api/client';
import type { Session } from '../../api/types';
import { ConfirmImpact } from '../../components/ConfirmImpact';

type How = 'logout' | 'delete';

interface Props {
  session: Session;
  how: How | undefined;
  onClose: () => void;
}

/** Unpairs or deletes a session, after having said what that hits. */
export default function EndSession({ session, how, onClose }: Props) {
  const { t } = useTranslation('sessions');
  const client = useQueryClient();
  const impact = useImpact(session, how);
  const end = async () => {
    const params = { path: { id: session.id } };
    const { error } =
      how === 'delete'
        ? await api.DELETE('/api/v1/sessions/{id}', { params: { ...params, query: { force: true } } })
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

/** Campaigns that send through it, pools it belongs to, and how much it sends. */
function useImpact(session: Session, how: How | undefined): string[] | undefined {
  const { t } = useTranslation('sessions');
  const enabled = how !== undefined;
  const limit = { params: { query: { limit: 200 } } };
  const campaigns = $api.useQuery('get', '/api/v1/campaigns', limit, { enabled });
  const pools = $api.useQuery('get', '/api/v1/sender-pools', limit, { enabled });
  const lane = $api.useQuery(
    'get',
    '/api/v1/sessions/{id}/lane',
    { params: { path: { id: session.id } } },
    { enabled },
  );
  if (!campaigns.data || !pools.data || !lane.data) return undefined;
  const open = ['scheduled', 'running', 'paused'];
  const hit = campaigns.data.items.filter((each) => open.includes(each.state) && each.session_ids.includes(session.id));
  const members = pools.data.items.filter((pool) => pool.members.some((member) => member.session_id === session.id));
  return [
    t('end.sent', { count: lane.data.sent_24h }),
    ...hit.map((each) => t('end.campaign', { name: each.name })),
    ...members.map((each) => t('end.pool', { name: each.name })),
  ];
}
