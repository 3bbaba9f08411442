// A shop in the middle of its day: numbers, campaigns at every stage, people who answer.
import { type Api, BRISK, connected, pace } from './account';
import { arrived, drafted, launch, reaches, sends } from './arrange';
import { who, writes } from './sim';

const FIRST = ['Ayu', 'Budi', 'Citra', 'Dewi', 'Eko', 'Fitri', 'Gilang', 'Hana', 'Indra', 'Joko', 'Kartika', 'Lestari'];
const LAST = ['Wijaya', 'Santoso', 'Pratama', 'Utami', 'Saputra', 'Lubis', 'Nasution', 'Hidayat'];
const CITIES = ['Bandung', 'Surabaya', 'Medan', 'Solo', 'Makassar'];

const personOf = (n: number, phone = who.reads(5000 + n)) => ({
  phone,
  name: `${FIRST[n % FIRST.length]} ${LAST[(n * 5) % LAST.length]}`,
  variables: { kota: CITIES[n % CITIES.length] ?? '' },
});
const crowd = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => {
    if (n % 29 === 7) return personOf(from + n, who.hasNone(5000 + from + n));
    if (n % 11 === 3) return personOf(from + n, who.isOff(5000 + from + n));
    return n % 4 === 1 ? personOf(from + n, who.gets(5000 + from + n)) : personOf(from + n);
  });

const LETTERS = [
  'Kak, ukuran L masih ada?',
  'Terima kasih, paketnya sudah sampai',
  'Bisa COD ke Cimahi?',
  'Berapa ongkir ke Makassar?',
  'Saya mau pesan dua lagi',
  'Stok warna hitam kapan ada?',
  'Sudah saya transfer ya kak',
  'Promo masih berlaku sampai kapan?',
];

/** Fills an organization; ends with a campaign that is in the middle of sending. */
export async function openShop(api: Api) {
  const [main, branch] = [
    await connected(api, 'Toko Pusat', pace(250, 450)),
    await connected(api, 'Cabang Bandung', BRISK),
  ];
  await api.POST('/api/v1/sessions', {
    body: { name: 'Nomor cadangan', description: 'Untuk musim ramai', start: false },
  });
  const text = '{Hai|Halo} {{name|kak}}, diskon 20% untuk pelanggan di {{kota}} sampai Minggu!';
  const campaign = { text, session_ids: [branch] };
  const done = await drafted(api, { name: 'Gajian November', ...campaign, people: crowd(0, 140) });
  await launch(api, done);
  await drafted(api, { name: 'Katalog Desember', ...campaign, people: crowd(300, 60) });
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const guru = { name: 'Hari Guru', ...campaign, people: crowd(400, 85), send_at: tomorrow };
  await launch(api, await drafted(api, guru));
  const live = { name: 'Promo akhir bulan', text, session_ids: [main, branch], people: crowd(500, 420) };
  const running = await drafted(api, live);
  for (const [n, words] of LETTERS.entries()) {
    const { phone, name } = personOf(n, who.reads(8000 + n));
    await writes(branch, phone, words, name);
    const contact = {
      phone,
      name,
      tags: n % 2 ? ['grosir'] : ['pelanggan', 'vip'],
      attributes: { kota: CITIES[n % 5] ?? '' },
    };
    await api.POST('/api/v1/contacts', { body: contact });
  }
  const asked = who.reads(8000);
  await reaches(api, await sends(api, branch, asked, 'Masih ada, kak. Mau dikirim ke mana?'), 'read');
  const address = 'Ke Jalan Braga 12, Bandung. Bisa hari ini?';
  await writes(branch, asked, address, personOf(0).name);
  await arrived(api, address);
  const message = await sends(api, branch, asked, 'Bisa, kurir berangkat jam 3.');
  await reaches(api, message, 'read');
  await api.POST('/api/v1/suppressions', { body: { phone: who.reads(8100), reason: 'opt_out', detail: 'STOP' } });
  await api.POST('/api/v1/user/api-keys', {
    body: { name: 'Toko daring', scopes: ['messages:send', 'messages:read'] },
  });
  await api.PATCH('/api/v1/sessions/{id}', { params: { path: { id: branch } }, body: { policy: pace(300, 600) } });
  await launch(api, running);
  return { main, branch, done, running, message };
}
