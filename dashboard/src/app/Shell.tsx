import { Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useLocation } from 'react-router';
import { forgetRequests } from '../api/requests';
import { Brand } from '../ui/Brand';
import { ConnectionBanner } from './ConnectionBanner';
import { Loading } from './Loading';
import { Navigation } from './Navigation';
import { PaletteButton } from './PaletteButton';
import classes from './Shell.module.css';

const Palette = lazy(() => import('./Palette'));
// Not needed to use the first screen.
const InstallationStatus = lazy(() => import('./InstallationStatus'));
const UserMenu = lazy(() => import('./UserMenu').then(({ UserMenu }) => ({ default: UserMenu })));

/** Frame of every screen: menu, palette, account. On a phone the menu is an overlay. */
export function Shell() {
  const { t } = useTranslation('nav');
  const [opened, { toggle, close }] = useDisclosure();
  const main = useNewScreen(close);
  return (
    <>
      <a href="#main" className="skip-link">
        {t('skip')}
      </a>
      <header className={classes.header}>
        <Brand />
        <Burger opened={opened} onClick={toggle} size="sm" aria-label={t('menu')} aria-expanded={opened} />
      </header>
      <aside className={classes.side} data-opened={opened}>
        <div className={classes.top}>
          <Brand />
          <Burger className={classes.close} opened onClick={close} size="sm" aria-label={t('closeMenu')} />
        </div>
        <PaletteButton />
        <div className={classes.menu}>
          <Navigation />
        </div>
        <div className={classes.foot}>
          <Suspense>
            <InstallationStatus />
            <UserMenu />
          </Suspense>
        </div>
      </aside>
      <main className={classes.page}>
        <ConnectionBanner />
        <div id="main" tabIndex={-1} ref={main} className={classes.main}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </div>
      </main>
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
