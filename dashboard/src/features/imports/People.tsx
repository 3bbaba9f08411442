import { Badge, Group, ScrollArea, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../api/types';

const SHOWN = 5;
const SHOWN_VALUES = 4;

/** The first people of the list as they will be saved. */
export function People({ preview }: { preview: Model<'ImportPreviewView'> }) {
  const { t } = useTranslation('imports');
  const people = preview.people.slice(0, SHOWN);
  if (people.length === 0) return null;
  const shownAlready = new Set(
    preview.columns.filter(({ role }) => role !== 'variable').map(({ variable }) => variable),
  );
  return (
    <div>
      <Text size="sm" fw={500} mb={4}>
        {t('people')}
      </Text>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0 }}>
        <Table withTableBorder miw={480} fz="sm" aria-label={t('people')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('name')}</Table.Th>
              <Table.Th>{t('phone')}</Table.Th>
              <Table.Th>{t('tags')}</Table.Th>
              <Table.Th>{t('more')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {people.map((person) => (
              <Table.Tr key={person.line}>
                <Table.Td>{person.name ?? '–'}</Table.Td>
                <Table.Td className="tabular">{person.phone}</Table.Td>
                <Table.Td>
                  <Group gap={4}>
                    {person.tags.map((tag) => (
                      <Badge key={tag} variant="light" tt="none">
                        {tag}
                      </Badge>
                    ))}
                  </Group>
                </Table.Td>
                <Table.Td>
                  {Object.entries(person.variables)
                    .filter(([name]) => !shownAlready.has(name))
                    .slice(0, SHOWN_VALUES)
                    .map(([name, value]) => `${name}: ${value}`)
                    .join(' · ')}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </div>
  );
}
