import { api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { usePaged } from '../../../ui/usePaged';
import { AuditList } from '../AuditList';

/** Audit log of the organization. */
export default function Acts() {
  const list = usePaged<Model<'AuditEventView'>>(['get', '/api/v1/audit-events'], (cursor, signal) =>
    api.GET('/api/v1/audit-events', { params: { query: { cursor } }, signal }),
  );
  return <AuditList list={list} />;
}
