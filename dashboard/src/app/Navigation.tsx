import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import classes from './Navigation.module.css';
import { GROUPS } from './screens';
import { useScreens } from './useScreens';

/** The menu. */
export function Navigation() {
  const { t } = useTranslation('nav');
  const screens = useScreens();
  return (
    <nav aria-label={t('label')} className={classes.nav}>
      {GROUPS.map((group) => {
        const entries = screens.flatMap(({ path, nav }) => (nav?.group === group ? [{ path, ...nav }] : []));
        if (entries.length === 0) return null;
        return (
          <div key={group} className={classes.group}>
            {group !== 'work' && (
              <Text className={classes.title} id={`nav-${group}`}>
                {t(`group.${group}`)}
              </Text>
            )}
            {entries.map(({ path, name, icon: Icon }) => (
              <NavLink key={path} to={path} end={path === '/'} className={classes.link}>
                <Icon size={18} stroke={1.7} aria-hidden="true" />
                {t(`screen.${name}`)}
              </NavLink>
            ))}
          </div>
        );
      })}
    </nav>
  );
}
