import { api } from '../../api/client';
import type { Model } from '../../api/types';
import { AuditList } from '../../components/AuditList';
import { usePaged } from '../../components/usePaged';

/** Every act in the installation. */
export default function AllActs() {
  const list = usePaged<Model<'AuditEventView'>>(['get', '/api/v1/operator/audit-events'], (cursor, signal) =>
    api.GET('/api/v1/operator/audit-events', { params: { query: { cursor } }, signal }),
  );
  return <AuditList list={list} />;
}
