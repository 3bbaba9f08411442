import { AppShell, Burger, Group, ScrollArea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { forgetRequests } from '../api/requests';
import { Brand } from './Brand';
import { ConnectionBanner } from './ConnectionBanner';
import { Loading } from './Loading';
import { Navigation } from './Navigation';
import { PaletteButton } from './PaletteButton';
import classes from './Shell.module.css';
import { UserMenu } from './UserMenu';

const Palette = lazy(() => import('./Palette'));

/** What surrounds every screen: menu, palette, who is logged in. */
export function Shell() {
  const { t } = useTranslation('nav');
  const [opened, { toggle, close }] = useDisclosure();
  const main = useNewScreen(close);
  return (
    <>
      <a href="#main" className="skip-link">
        {t('skip')}
      </a>
      <AppShell
        layout="alt"
        header={{ height: { base: 52, sm: 0 } }}
        navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !opened } }}
        padding={0}
      >
        <AppShell.Header hiddenFrom="sm" className={classes.header}>
          <Group h="100%" px="md" justify="space-between">
            <Brand />
            <Burger opened={opened} onClick={toggle} size="sm" aria-label={t('menu')} aria-expanded={opened} />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar className={classes.navbar}>
          <Group justify="space-between" className={classes.top}>
            <Brand />
            <Burger hiddenFrom="sm" opened onClick={close} size="sm" aria-label={t('closeMenu')} />
          </Group>
          <PaletteButton />
          <AppShell.Section grow component={ScrollArea} className={classes.scroll}>
            <Navigation />
          </AppShell.Section>
          <UserMenu />
        </AppShell.Navbar>
        <AppShell.Main>
          <ConnectionBanner />
          <div id="main" tabIndex={-1} ref={main} className={classes.main}>
            <Suspense fallback={<Loading />}>
              <Outlet />
            </Suspense>
          </div>
        </AppShell.Main>
      </AppShell>
      <Suspense>
        <Palette />
      </Suspense>
    </>
  );
}

/** A new screen: the menu closes, the keyboard starts at its top, requests of the old one are forgotten. */
function useNewScreen(close: () => void) {
  const main = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();
  const before = useRef(pathname);
  // While drawing: effects of the new screen below have sent its first requests before ours run.
  if (before.current !== pathname) forgetRequests();
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    close();
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [pathname, close]);
  return main;
}
