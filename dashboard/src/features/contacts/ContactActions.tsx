import { ActionIcon, Menu } from '@mantine/core';
import { IconBan, IconDots, IconListDetails, IconPencil, IconSend, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Model } from '../../api/types';
import { DeleteContact } from './DeleteContact';
import { keyOf, shownAs } from './who';

/** What can be done with one person. */
export function ContactActions({ contact }: { contact: Model<'ContactView'> }) {
  const { t } = useTranslation('contacts');
  const [deleting, setDeleting] = useState(false);
  const phone = encodeURIComponent(keyOf(contact));
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('act.menu', { name: contact.name ?? shownAs(contact) })}
          >
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/contacts?contact=${contact.id}`} leftSection={<IconPencil size={16} />}>
            {t('act.edit')}
          </Menu.Item>
          <Menu.Item component={Link} to={`/messages/new?to=${phone}`} leftSection={<IconSend size={16} />}>
            {t('act.write')}
          </Menu.Item>
          <Menu.Item component={Link} to={`/messages?phone=${phone}`} leftSection={<IconListDetails size={16} />}>
            {t('act.messages')}
          </Menu.Item>
          <Menu.Item
            component={Link}
            to={`/contacts/suppressions?new&phone=${phone}`}
            leftSection={<IconBan size={16} />}
          >
            {t('act.suppress')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>
            {t('act.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {deleting && <DeleteContact contact={contact} onClose={() => setDeleting(false)} />}
    </>
  );
}
