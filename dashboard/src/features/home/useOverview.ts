import { $api } from '../../api/client';
import type { Model } from '../../api/types';

export type Overview = Model<'OverviewView'>;

/** Everything that the organization sees at a glance, in one answer. */
export const useOverview = () => $api.useQuery('get', '/api/v1/overview');
