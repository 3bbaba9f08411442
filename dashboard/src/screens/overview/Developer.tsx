import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import { StatTile, StatTiles } from '../../components/StatTile';
import { Section } from './Section';

const SOON_MS = 14 * 86_400_000;

/** For who writes programs against the API: whether they get through. */
export function Developer() {
  const { t } = useTranslation('home');
  const keys = $api.useQuery('get', '/api/v1/user/api-keys', { params: { query: { limit: 200 } } });
  const soon = keys.data?.items.filter((key) => key.expires_at && Date.parse(key.expires_at) < Date.now() + SOON_MS);
  return (
    <Section title={t('build.title')}>
      <StatTiles>
        <StatTile
          label={t('build.keys')}
          value={keys.data?.items.length}
          tone={soon?.length ? 'warn' : undefined}
          to="/developers"
          note={soon?.length ? t('build.keysSoon', { count: soon.length }) : t('build.keysNote')}
        />
      </StatTiles>
    </Section>
  );
}
