import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { fetched } from '../api/fetched';
import { ErrorScreen } from './ErrorScreen';
import { NotFound } from './NotFound';
import { RequireLogin } from './RequireLogin';
import { Starting } from './Starting';
import { type ScreenEntry, screens } from './screens';

/** Opens the page again where the user wants to go: while a screen loads, the address is still that of the last one. */
function reload(): void {
  const { pathname, search, hash } = router.state.navigation.location ?? window.location;
  const next = pathname + search + hash;
  if (next === window.location.pathname + window.location.search + window.location.hash) window.location.reload();
  else window.location.assign(next);
}

/** A route whose `lazy` fails is never drawn, not even its error; so the screen fails instead. */
const screen = ({ path, load }: ScreenEntry): Promise<ComponentType> =>
  fetched(path, load, reload).then(
    (part) => part.default,
    (error) => () => {
      throw error;
    },
  );

const route = (entry: ScreenEntry): RouteObject => ({
  path: entry.path,
  lazy: async () => ({ Component: await screen(entry) }),
  ErrorBoundary: ErrorScreen,
});

/** Screens that need no login. */
const open = (path: string, load: ScreenEntry['load']): RouteObject => ({
  ...route({ path, load }),
  HydrateFallback: Starting,
});

export const router = createBrowserRouter([
  open('/login', () => import('../features/accounts/LoginScreen')),
  open('/register', () => import('../features/accounts/RegisterScreen')),
  open('/pair/:token', () => import('../features/sessions/pairing/SharedPairScreen')),
  {
    Component: RequireLogin,
    HydrateFallback: Starting,
    ErrorBoundary: ErrorScreen,
    children: [...screens.map(route), { path: '*', Component: NotFound }],
  },
]);
