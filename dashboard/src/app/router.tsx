import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { ErrorScreen } from './ErrorScreen';
import { fetched } from './fetched';
import { NotFound } from './NotFound';
import { RequireLogin } from './RequireLogin';
import { Starting } from './Starting';
import { type ScreenEntry, screens } from './screens';

/** A route whose `lazy` fails is never drawn, not even its error; so the screen fails instead. */
const screen = (load: ScreenEntry['load']): Promise<ComponentType> =>
  fetched(load).then(
    (part) => part.default,
    (error) => () => {
      throw error;
    },
  );

const route = ({ path, load }: ScreenEntry): RouteObject => ({
  path,
  lazy: async () => ({ Component: await screen(load) }),
  ErrorBoundary: ErrorScreen,
});

/** What is seen without a login. */
const open = (path: string, load: ScreenEntry['load']): RouteObject => ({
  ...route({ path, load }),
  HydrateFallback: Starting,
});

export const router = createBrowserRouter([
  open('/login', () => import('../auth/LoginScreen')),
  open('/register', () => import('../auth/RegisterScreen')),
  open('/pair/:token', () => import('../screens/pairing/SharedPairScreen')),
  {
    Component: RequireLogin,
    HydrateFallback: Starting,
    ErrorBoundary: ErrorScreen,
    children: [...screens.map(route), { path: '*', Component: NotFound }],
  },
]);
