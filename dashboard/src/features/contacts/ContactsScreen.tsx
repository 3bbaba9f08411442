import { Badge, Button, Group } from '@mantine/core';
import { IconAddressBook, IconFileImport, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api } from '../../api/client';
import type { Model } from '../../api/types';
import { type Column, DataList } from '../../ui/DataList';
import { EmptyState } from '../../ui/EmptyState';
import { NoneFits } from '../../ui/NoneFits';
import { PageHeader } from '../../ui/PageHeader';
import { Time } from '../../ui/Time';
import { usePaged } from '../../ui/usePaged';
import { ContactActions } from './ContactActions';
import { ExportMenu } from './ExportMenu';
import { Filters } from './Filters';
import { Sections } from './Sections';
import { useContactFilters } from './useContactFilters';
import { shownAs } from './who';

type Contact = Model<'ContactView'>;

const ContactForm = lazy(() => import('./ContactForm'));
const BulkBar = lazy(() => import('./BulkBar'));
const SHOWN_TAGS = 3;
/** Rows are small, and address books long. */
const PAGE = 200;

/** The address book. */
export default function ContactsScreen() {
  const { t } = useTranslation('contacts');
  const [search, setSearch] = useSearchParams();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const bar = useContactFilters();
  const list = usePaged<Contact>(['get', '/api/v1/contacts', bar.filters], (cursor, signal) =>
    api.GET('/api/v1/contacts', { params: { query: { ...bar.filters, cursor, limit: PAGE } }, signal }),
  );
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} actions={<Actions />} />
      <Sections />
      <DataList
        label={t('title')}
        list={list}
        columns={useColumns()}
        rowKey={(contact) => contact.id}
        href={(contact) => `/contacts?contact=${contact.id}`}
        filters={<Filters {...bar} />}
        selection={{ keys: selected, onChange: setSelected }}
        bulk={
          <Suspense>
            <BulkBar
              selected={selected}
              filters={bar.filters}
              hasMore={list.hasMore}
              onDone={() => setSelected(new Set())}
            />
          </Suspense>
        }
        empty={<Empty filtered={bar.any} onClear={bar.clear} />}
      />
      <Suspense>
        {(search.has('new') || search.has('contact')) && (
          <ContactForm id={search.get('contact')} search={search} onClose={() => setSearch({})} />
        )}
      </Suspense>
    </>
  );
}

function Actions() {
  const { t } = useTranslation('contacts');
  return (
    <>
      <ExportMenu />
      <Button component={Link} to="/contacts/import" variant="default" leftSection={<IconFileImport size={16} />}>
        {t('import.open')}
      </Button>
      <Button component={Link} to="/contacts?new" leftSection={<IconPlus size={16} />}>
        {t('new.title')}
      </Button>
    </>
  );
}

function Empty({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation('contacts');
  if (filtered) return <NoneFits clear={onClear} />;
  const action = (
    <Button component={Link} to="/contacts/import" leftSection={<IconFileImport size={16} />}>
      {t('import.open')}
    </Button>
  );
  return (
    <EmptyState icon={<IconAddressBook size={26} />} title={t('empty.title')} action={action}>
      {t('empty.detail')}
    </EmptyState>
  );
}

function useColumns(): Column<Contact>[] {
  const { t } = useTranslation('contacts');
  return [
    {
      key: 'name',
      header: t('field.name'),
      width: 'minmax(150px, 1.3fr)',
      render: (contact) => contact.name ?? <span className="tabular">{shownAs(contact)}</span>,
    },
    {
      key: 'phone',
      header: t('field.phone'),
      width: 'minmax(140px, 1fr)',
      render: (contact) => <span className="tabular">{shownAs(contact)}</span>,
    },
    {
      key: 'tags',
      header: t('field.tags'),
      width: 'minmax(0, 1.4fr)',
      render: (contact) => <Tags tags={contact.tags} />,
    },
    {
      key: 'attributes',
      header: t('field.attributes'),
      width: 'minmax(0, 1.4fr)',
      hideOnPhone: true,
      render: (contact) =>
        Object.entries(contact.attributes)
          .map(([name, value]) => `${name}: ${value}`)
          .join(', ') || '–',
    },
    { key: 'updated', header: t('field.updated'), render: (contact) => <Time at={contact.updated_at} /> },
    {
      key: 'act',
      header: t('field.actions'),
      width: '64px',
      align: 'right',
      render: (contact) => <ContactActions contact={contact} />,
    },
  ];
}

function Tags({ tags }: { tags: string[] }) {
  if (tags.length === 0) return <>–</>;
  const more = tags.length - SHOWN_TAGS;
  return (
    <Group gap={4}>
      {tags.slice(0, SHOWN_TAGS).map((tag) => (
        <Badge key={tag} variant="default" fw={500}>
          {tag}
        </Badge>
      ))}
      {more > 0 && (
        <Badge variant="default" fw={500} title={tags.slice(SHOWN_TAGS).join(', ')}>
          +{more}
        </Badge>
      )}
    </Group>
  );
}
