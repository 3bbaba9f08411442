import { Paper, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useZone } from '../../../time/useZone';
import type { Campaign } from '../campaign';
import classes from './wizard.module.css';

/** How many lines became how many people. */
export function AudienceMath({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const { language } = useZone();
  const number = new Intl.NumberFormat(language);
  const { total, rejected, duplicates, suppressed } = campaign;
  const taken: [string, number][] = [
    [t('report.duplicates'), -duplicates],
    [t('report.suppressed'), -suppressed],
    [t('report.wrong'), -(rejected - duplicates - suppressed)],
  ];
  const figures: [string, number][] = [
    [t('report.lines'), total + rejected],
    ...taken.filter(([, count]) => count < 0),
    [t('check.people'), total],
  ];
  return (
    <Paper withBorder className={classes.panel} component="section">
      <Title order={2} mb="sm">
        {t('check.audience')}
      </Title>
      <dl className={classes.figures}>
        {figures.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{number.format(count)}</dd>
          </div>
        ))}
      </dl>
    </Paper>
  );
}
