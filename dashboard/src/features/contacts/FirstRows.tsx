import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Beginning } from './csv';

/** The first rows of the file, so that one sees which column is which. */
export function FirstRows({ look }: { look: Beginning }) {
  const { t } = useTranslation('contacts');
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {t('import.first')}
      </Text>
      <Table.ScrollContainer minWidth={420}>
        <Table withTableBorder fz="sm">
          <Table.Thead>
            <Table.Tr>
              {look.header.map((name, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name, and none moves
                <Table.Th key={index}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {look.rows.map((row, line) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file, which do not move
              <Table.Tr key={line}>
                {look.header.map((_, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <Table.Td key={index}>{row[index]}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  );
}
