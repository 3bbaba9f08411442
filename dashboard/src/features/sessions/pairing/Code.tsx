import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Session } from '../../../api/types';
import classes from './Pairing.module.css';
import { PairingCode } from './PairingCode';
import { QrCode } from './QrCode';
import { Steps, type Way } from './Steps';

/** What to do on the phone, beside the code that it wants. */
export function Code({ session: { id } }: { session: Session }) {
  const { t } = useTranslation('pairing');
  const [way, setWay] = useState<Way>('qr');
  const params = { path: { id }, query: { format: 'png' } } as const;
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
        <Steps way={way} />
      </div>
      <div className={classes.code}>
        {way === 'letters' && <PairingCode id={id} />}
        {way === 'qr' && (
          <QrCode
            of={id}
            fetchCode={(signal) => api.GET('/api/v1/sessions/{id}/qr', { params, parseAs: 'blob', signal })}
          />
        )}
      </div>
    </div>
  );
}
