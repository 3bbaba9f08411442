import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client';
import { one } from '../campaign';

/** An uploaded picture. As a data: address, because an <img> could not carry the token. */
export function MediaPreview({ id }: { id: string }) {
  const { data } = useQuery({
    queryKey: ['media', id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const { data, error } = await api.GET('/api/v1/media/{id}', { ...one(id), parseAs: 'blob' });
      if (error) throw error;
      return asDataUrl(data as unknown as Blob);
    },
  });
  if (!data) return <Skeleton h={150} />;
  return <img src={data} alt="" style={{ width: '100%', borderRadius: 6, display: 'block', marginBottom: 4 }} />;
}

function asDataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
