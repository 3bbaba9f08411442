import { lazy, Suspense, useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { useProfile, useSessionStatus } from '../api/useSession';
import { LiveProvider } from '../live/LiveProvider';
import { useAccent } from './AccentContext';
import { Shell } from './Shell';
import { useFollowLooks } from './useLooks';

const ExpiredLogin = lazy(() => import('../features/accounts/ExpiredLogin'));

/** Everything behind the login. An expired login is asked for over the open screen, so that nothing typed is lost. */
export function RequireLogin() {
  const status = useSessionStatus();
  const { pathname, search } = useLocation();
  if (status === 'out') {
    const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
    return <Navigate to={`/login${next}`} replace />;
  }
  return (
    <LiveProvider>
      <Personal />
      <Shell />
      <Suspense>{status === 'expired' && <ExpiredLogin />}</Suspense>
    </LiveProvider>
  );
}

/** What the profile says about the looks: language, theme and colour follow the person to another device. */
function Personal() {
  const profile = useProfile();
  const accent = useAccent();
  const color = profile?.organization.accent_color;
  useFollowLooks();
  useEffect(() => {
    if (profile) accent.set(color);
  }, [profile, color, accent.set]);
  return null;
}
