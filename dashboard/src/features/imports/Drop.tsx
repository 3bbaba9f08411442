import { Button, FileButton, Text } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './imports.module.css';

const ACCEPT = '.csv,.txt,.tsv,.xlsx,.ods,.vcf,text/csv,text/vcard';

/** Takes one file: dropped, or chosen. */
export function Drop({ running, onFile }: { running: boolean; onFile: (file: File) => void }) {
  const { t } = useTranslation('imports');
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button inside does the same by keyboard
    <div
      className={classes.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileSpreadsheet size={26} stroke={1.5} aria-hidden="true" />
      <div className={classes.words}>
        <Text fw={600}>{t('drop')}</Text>
        <Text size="sm" c="dimmed">
          {t('formats')}
        </Text>
      </div>
      <FileButton onChange={(file) => file && onFile(file)} accept={ACCEPT}>
        {(props) => (
          <Button {...props} loading={running}>
            {t('choose')}
          </Button>
        )}
      </FileButton>
    </div>
  );
}
