import { Progress as Bar, Button, FileButton, Group, Paper, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Model } from '../../api/types';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useSubmit } from '../../ui/useSubmit';
import { type Beginning, beginning } from './csv';
import { FirstRows } from './FirstRows';
import { ImportReport } from './ImportReport';
import classes from './ImportScreen.module.css';
import { type Mapping, MappingFields, NO_MAPPING } from './MappingFields';

/** Import of contacts: choose a file, match its columns, see the result. */
export default function ImportScreen() {
  const { t } = useTranslation('contacts');
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [look, setLook] = useState<Beginning>();
  const [report, setReport] = useState<Model<'ContactImportView'>>();
  const form = useForm<Mapping>({ initialValues: NO_MAPPING });
  const choose = async (next: File | null) => {
    setFile(next);
    setReport(undefined);
    setLook(next ? await beginning(next) : undefined);
    form.setValues({ ...form.values, phone_column: null, name_column: null });
  };
  const { submit, running, error } = useSubmit(
    form,
    (values) => importFile(file as File, values),
    (done) => {
      setReport(done);
      void client.invalidateQueries({ queryKey: ['get', '/api/v1/contacts'] });
    },
  );
  return (
    <>
      <PageHeader
        title={t('import.title')}
        subtitle={t('import.subtitle')}
        back={{ to: '/contacts', label: t('title') }}
      />
      <Stack maw={860}>
        <Drop file={file} onFile={(next) => void choose(next)} />
        {file && look && !report && (
          <form onSubmit={submit}>
            <Paper withBorder className={classes.card}>
              <Stack>
                {error !== undefined && <ProblemAlert error={error} />}
                <MappingFields form={form} header={look.header} />
                <FirstRows look={look} />
                {running && <Bar value={100} animated aria-label={t('import.running')} />}
                <Group justify="flex-end">
                  <Button type="submit" loading={running} leftSection={<IconUpload size={16} />}>
                    {t('import.submit')}
                  </Button>
                </Group>
              </Stack>
            </Paper>
          </form>
        )}
        {report && <ImportReport report={report} onAgain={() => void choose(null)} />}
      </Stack>
    </>
  );
}

const importFile = (file: File, { country, phone_column, name_column, tag }: Mapping) =>
  api.POST('/api/v1/contacts/import', {
    params: {
      query: {
        country: country.trim().toUpperCase() || undefined,
        phone_column: phone_column ?? undefined,
        name_column: name_column ?? undefined,
        tag: tag.trim() || undefined,
      },
    },
    headers: { 'Content-Type': 'text/csv' },
    body: file as unknown as string,
    bodySerializer: (body) => body as unknown as BodyInit,
  });

function Drop({ file, onFile }: { file: File | null; onFile: (file: File | null) => void }) {
  const { t } = useTranslation('contacts');
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0] ?? null);
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
        <Text fw={600}>{file ? file.name : t('import.drop')}</Text>
        <Text size="sm" c="dimmed">
          {t('import.format')}
        </Text>
      </div>
      <FileButton onChange={onFile} accept=".csv,.txt,text/csv">
        {(props) => (
          <Button {...props} variant={file ? 'default' : 'filled'}>
            {file ? t('import.other') : t('import.choose')}
          </Button>
        )}
      </FileButton>
    </div>
  );
}
