import { Progress as Bar, Group, Text } from '@mantine/core';
import { useZone } from '../time/useZone';

interface Props {
  done: number;
  total: number;
  /** Accessible name: what is counted. */
  label: string;
  animated?: boolean;
}

/** Progress as bar, figures and percent. */
export function Progress({ done, total, label, animated }: Props) {
  const { language } = useZone();
  const part = total > 0 ? done / total : 0;
  const number = new Intl.NumberFormat(language);
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={4}>
        <Text size="xs" c="dimmed" className="tabular">
          {number.format(done)} / {number.format(total)}
        </Text>
        <Text size="xs" fw={600} className="tabular">
          {new Intl.NumberFormat(language, { style: 'percent' }).format(part)}
        </Text>
      </Group>
      <Bar.Root size="sm">
        <Bar.Section value={part * 100} animated={animated} aria-label={label} />
      </Bar.Root>
    </div>
  );
}
