import { Button, type ButtonProps } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { saveFile } from './saveFile';
import { showProblem } from './showProblem';

interface Props extends ButtonProps {
  label: string;
  filename: string;
  /** `api.GET(path, { ..., parseAs: 'blob' })`: a plain link could not carry the token. */
  fetchFile: () => Promise<{ data?: unknown; error?: unknown }>;
}

/** Fetches a file of the API and saves it. */
export function DownloadButton({ label, filename, fetchFile, ...button }: Props) {
  const [running, setRunning] = useState(false);
  const download = async () => {
    setRunning(true);
    try {
      const { data, error } = await fetchFile();
      if (error) throw error;
      saveFile(filename, data as Blob);
    } catch (problem) {
      showProblem(problem);
    } finally {
      setRunning(false);
    }
  };
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} />}
      loading={running}
      onClick={() => void download()}
      {...button}
    >
      {label}
    </Button>
  );
}
