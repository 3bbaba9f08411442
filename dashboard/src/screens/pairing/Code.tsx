import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../api/types';
import classes from './Pairing.module.css';
import { PairingCode } from './PairingCode';
import { QrCode } from './QrCode';

type Way = 'qr' | 'letters';
const STEPS = { qr: ['open', 'menu', 'scan'], letters: ['open', 'letters', 'type'] } as const;

/** What to do on the phone, beside the code that it wants. */
export function Code({ session }: { session: Session }) {
  const { t } = useTranslation('pairing');
  const [way, setWay] = useState<Way>('qr');
  return (
    <div className={classes.columns}>
      <div>
        <SegmentedControl
          aria-label={t('way.label')}
          value={way}
          onChange={(value) => setWay(value as Way)}
          data={[
            { value: 'qr', label: t('way.qr') },
            { value: 'letters', label: t('way.letters') },
          ]}
        />
        <ol className={classes.steps}>
          {STEPS[way].map((step) => (
            <li key={step}>{t(`step.${step}`)}</li>
          ))}
        </ol>
      </div>
      <div className={classes.code}>{way === 'qr' ? <QrCode id={session.id} /> : <PairingCode id={session.id} />}</div>
    </div>
  );
}
