import { createBrowserRouter, type RouteObject } from 'react-router';
import { ErrorScreen } from './ErrorScreen';
import { NotFound } from './NotFound';
import { RequireLogin } from './RequireLogin';
import { Starting } from './Starting';
import { type ScreenEntry, screens } from './screens';

const route = ({ path, load }: ScreenEntry): RouteObject => ({
  path,
  lazy: async () => ({ Component: (await load()).default }),
  ErrorBoundary: ErrorScreen,
});

export const router = createBrowserRouter([
  {
    path: '/login',
    lazy: async () => ({ Component: (await import('../auth/LoginScreen')).default }),
    HydrateFallback: Starting,
    ErrorBoundary: ErrorScreen,
  },
  {
    path: '/register',
    lazy: async () => ({ Component: (await import('../auth/RegisterScreen')).default }),
    HydrateFallback: Starting,
    ErrorBoundary: ErrorScreen,
  },
  {
    Component: RequireLogin,
    HydrateFallback: Starting,
    ErrorBoundary: ErrorScreen,
    children: [...screens.map(route), { path: '*', Component: NotFound }],
  },
]);
