import { List, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../../api/types';
import { useZone } from '../../../time/useZone';
import { Figures } from '../../../ui/Figures';
import type { Campaign } from '../campaign';
import classes from './wizard.module.css';

interface Props {
  campaign: Campaign;
  dryRun: Model<'DryRunView'> | undefined;
}

/** How many lines became how many people, and how many of those will get it. */
export function AudienceMath({ campaign, dryRun }: Props) {
  const { t } = useTranslation('campaigns');
  const { language } = useZone();
  const number = new Intl.NumberFormat(language);
  const { total, rejected, duplicates, suppressed } = campaign;
  const taken: [string, number][] = [
    [t('report.duplicates'), -duplicates],
    [t('report.suppressed'), -suppressed],
    [t('report.wrong'), -(rejected - duplicates - suppressed)],
    ...(dryRun?.left_out ?? []).map(({ code, people }): [string, number] => [t(`leftOut.${code}`), -people]),
  ];
  const figures: [string, number][] = [
    [t('report.lines'), total + rejected],
    ...taken.filter(([, count]) => count < 0),
    [t('check.people'), dryRun?.to_send ?? total],
  ];
  return (
    <Paper withBorder className={classes.panel} component="section">
      <Title order={2} mb="sm">
        {t('check.audience')}
      </Title>
      <Figures figures={figures} />
      {dryRun && dryRun.missing_variables.length > 0 && (
        <List size="sm" mt="sm">
          {dryRun.missing_variables.map(({ name, people }) => (
            <List.Item key={name}>
              {t('check.lacks', { count: people, people: number.format(people), name: `{{${name}}}` })}
            </List.Item>
          ))}
        </List>
      )}
      {dryRun && dryRun.to_send > 0 && (
        <Text size="sm" c="dimmed" mt="sm">
          {t('check.strangers', { count: dryRun.new_chats, people: number.format(dryRun.new_chats) })}
        </Text>
      )}
    </Paper>
  );
}
