import { Collapse, Table, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  /** Accessible name of the table. */
  label: string;
  /** The chart: hidden from screen readers, which get the table. */
  children: ReactNode;
  head: string[];
  /** Each row begins with its name. */
  rows: ReactNode[][];
  /** Columns of words rather than numbers, by their place. */
  words?: number[];
}

/** A chart, with the same figures as a table for screen readers and for export. */
export function ChartFrame({ label, children, head, rows, words = [] }: Props) {
  const { t } = useTranslation('common');
  const [opened, { toggle }] = useDisclosure();
  const align = (column: number) => (column > 0 && !words.includes(column) ? 'right' : 'left');
  return (
    <div>
      <div aria-hidden="true">{children}</div>
      <UnstyledButton onClick={toggle} aria-expanded={opened} fz="sm" c="dimmed" td="underline">
        {opened ? t('chart.hideTable') : t('chart.showTable')}
      </UnstyledButton>
      <Collapse expanded={opened}>
        {opened && (
          <Table.ScrollContainer minWidth={280} type="native">
            <Table mt="xs" aria-label={label}>
              <Table.Thead>
                <Table.Tr>
                  {head.map((name, column) => (
                    <Table.Th key={name} ta={align(column)}>
                      {name}
                    </Table.Th>
                  ))}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody className="tabular">
                {rows.map((row) => (
                  <Table.Tr key={String(row[0])}>
                    {row.map((cell, column) => (
                      <Table.Td key={head[column]} ta={align(column)}>
                        {cell}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Collapse>
    </div>
  );
}
