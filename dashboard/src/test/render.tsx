// Renders a component as the app does: theme, texts, queries, an address. Only for tests.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render as draw } from '@testing-library/react';
import i18next from 'i18next';
import { type ReactNode, Suspense } from 'react';
import { initReactI18next } from 'react-i18next';
import { createBrowserRouter, RouterProvider } from 'react-router';
import common from '../i18n/en/common.json';
import problems from '../i18n/en/problems.json';
import reasons from '../i18n/en/reasons.json';
import remedies from '../i18n/en/remedies.json';

await i18next.use(initReactI18next).init({
  lng: 'en',
  ns: ['common'],
  defaultNS: 'common',
  resources: { en: { common, problems, reasons, remedies } },
  interpolation: { escapeValue: false },
});

/** Shows it at this address; `router.state.location` tells where it leads. */
export function render(element: ReactNode, address = '/') {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  window.history.replaceState(null, '', address);
  const router = createBrowserRouter([{ path: '*', element }]);
  const view = draw(
    <MantineProvider env="test" withGlobalClasses={false} withCssVariables={false}>
      <QueryClientProvider client={client}>
        <Suspense>
          <RouterProvider router={router} />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...view, client, router };
}
