import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';
import { useSessionStatus } from '../api/useSession';
import { AccentContext, useAccentState } from './AccentContext';
import { queries } from './queries';
import { router } from './router';
import { Starting } from './Starting';
import { themeOf } from './theme';

const Toasts = lazy(() => import('./Toasts'));

export function App() {
  const accent = useAccentState();
  const { t } = useTranslation('common');
  const close = t('action.close');
  const theme = useMemo(() => themeOf(accent.color, close), [accent.color, close]);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <AccentContext.Provider value={accent}>
          <Suspense>
            <Toasts />
          </Suspense>
          <Suspense fallback={<Starting />}>
            <Ready />
          </Suspense>
        </AccentContext.Provider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Renders nothing before the login state is known, so that no login form flashes by. */
function Ready() {
  return useSessionStatus() === 'starting' ? <Starting /> : <RouterProvider router={router} />;
}
