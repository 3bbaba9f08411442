import { api } from '../../api/client';
import type { Model } from '../../api/types';
import { usePaged } from '../../ui/usePaged';
import { AuditList } from '../accounts/AuditList';

/** Every act in the installation. */
export default function AllActs() {
  const list = usePaged<Model<'AuditEventView'>>(['get', '/api/v1/operator/audit-events'], (cursor, signal) =>
    api.GET('/api/v1/operator/audit-events', { params: { query: { cursor } }, signal }),
  );
  return <AuditList list={list} />;
}
