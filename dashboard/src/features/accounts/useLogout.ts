import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import { forgetRequests } from '../../api/requests';
import { logout } from '../../api/session';
import { forgetDrafts } from '../../ui/useUnsaved';

/** Logs out and forgets what was on screen. */
export function useLogout() {
  const client = useQueryClient();
  const go = useNavigate();
  return useCallback(async () => {
    await logout();
    forgetDrafts();
    forgetRequests();
    client.clear();
    await go('/login');
  }, [client, go]);
}
