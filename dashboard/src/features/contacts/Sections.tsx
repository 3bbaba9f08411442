import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import classes from './Sections.module.css';

const PLACES = {
  people: '/contacts',
  suppressions: '/contacts/suppressions',
  check: '/contacts/check',
} as const;

/** The parts of the address book. */
export function Sections() {
  const { t } = useTranslation('contacts');
  return (
    <nav aria-label={t('sections')} className={classes.sections}>
      {(Object.keys(PLACES) as (keyof typeof PLACES)[]).map((place) => (
        <NavLink key={place} to={PLACES[place]} end className={classes.section}>
          {t(`section.${place}`)}
        </NavLink>
      ))}
    </nav>
  );
}
