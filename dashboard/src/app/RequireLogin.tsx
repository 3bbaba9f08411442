import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { useProfile, useSessionStatus } from '../auth/useSession';
import { LiveProvider } from '../live/LiveProvider';
import { useAccent } from './AccentContext';
import { Shell } from './Shell';

const ExpiredLogin = lazy(() => import('../auth/ExpiredLogin'));

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

/** What the profile says about the looks: language and colour follow the person to another device. */
function Personal() {
  const profile = useProfile();
  const { i18n } = useTranslation();
  const accent = useAccent();
  const organization = profile?.organization as { accent_color?: string | null } | undefined;
  const language = (profile?.user as { language?: string | null } | undefined)?.language;
  const color = organization?.accent_color;
  useEffect(() => {
    if (profile) accent.set(color);
  }, [profile, color, accent.set]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a choice made on this device stands until the profile changes
  useEffect(() => {
    if (language && language !== i18n.language) void i18n.changeLanguage(language);
  }, [language, i18n.changeLanguage]);
  return null;
}
