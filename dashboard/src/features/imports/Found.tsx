import { Alert, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconFileSpreadsheet } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Import } from './useImport';

/** What the list is, and what about it needs a look. */
export function Found({ found }: { found: Import }) {
  const { t } = useTranslation('imports');
  const { format, origin, encoding, delimiter, sheet, missing_variables, warnings, problem } = found.preview;
  const how = [
    t(`origin.${origin}`),
    t(`format.${format}`),
    encoding && encoding !== 'UTF-8' ? encoding : null,
    delimiter && delimiter !== ',' ? t('delimiter', { delimiter: delimiter === '\t' ? 'Tab' : delimiter }) : null,
    sheet ? t('sheetRead', { sheet }) : null,
  ];
  const counted = Object.entries(found.warnings).filter(([code]) => !warnings.some((told) => told === code));
  const notes = [
    ...(problem ? [t('chooseColumn')] : []),
    ...missing_variables.map((name) => t('missing', { name: `{{${name}}}` })),
    ...warnings.map((code) => t(`warning.${code}`, { count: 1 })),
    ...counted.map(([code, count]) => t(`warning.${code}`, { count })),
  ];
  return (
    <>
      <Group gap="xs" wrap="nowrap">
        <IconFileSpreadsheet size={20} aria-hidden="true" />
        <div>
          <Text fw={600}>{found.file_name ?? t('unnamed')}</Text>
          <Text size="sm" c="dimmed">
            {how.filter(Boolean).join(' · ')}
          </Text>
        </div>
      </Group>
      {notes.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={t('look')}>
          <List size="sm">
            {notes.map((note) => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </>
  );
}
