import { useTranslation } from 'react-i18next';
import classes from './Pairing.module.css';

export type Way = 'qr' | 'letters' | 'shared';
const STEPS = {
  qr: ['open', 'menu', 'scan'],
  letters: ['open', 'letters', 'type'],
  shared: ['open', 'menu', 'point'],
} as const;

/** What to do on the phone. */
export function Steps({ way }: { way: Way }) {
  const { t } = useTranslation('pairing');
  return (
    <ol className={classes.steps}>
      {STEPS[way].map((step) => (
        <li key={step}>{t(`step.${step}`)}</li>
      ))}
    </ol>
  );
}
