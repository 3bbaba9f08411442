import type { UseFormReturnType } from '@mantine/form';
import type { Model } from '../../../api/types';

/** The form in which the pace of a session is edited. */
export type PolicyForm = UseFormReturnType<{ policy: Model<'PacingPolicy'> }>;
