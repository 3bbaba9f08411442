import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { saveFile } from '../../ui/saveFile';
import { showProblem } from '../../ui/showProblem';
import { useContactFilters } from './useContactFilters';

const FORMATS = ['csv', 'xlsx'] as const;

/** Downloads the contacts that the list shows; imported again, the file changes nothing. */
export function ExportMenu() {
  const { t } = useTranslation('contacts');
  const { filters } = useContactFilters();
  const [running, setRunning] = useState(false);
  const save = async (format: (typeof FORMATS)[number]) => {
    setRunning(true);
    try {
      const query = { format, name: filters.name, tag: filters.tag };
      const { data, error } = await api.GET('/api/v1/contacts/export', { params: { query }, parseAs: 'blob' });
      if (error) throw error;
      saveFile(`contacts.${format}`, data as Blob);
    } catch (problem) {
      showProblem(problem);
    } finally {
      setRunning(false);
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={running} leftSection={<IconDownload size={16} />}>
          {t('export.open')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FORMATS.map((format) => (
          <Menu.Item key={format} onClick={() => void save(format)}>
            {t(`export.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
