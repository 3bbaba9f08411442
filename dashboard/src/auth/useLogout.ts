import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import { forgetRequests } from '../api/requests';
import { forgetDrafts } from '../components/useUnsaved';
import { logout } from './session';

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
