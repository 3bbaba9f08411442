//! Names of columns in the exports of common tools and in the languages of our users. Headers are compared without
//! case, accents and punctuation.

use std::collections::BTreeSet;

use wahana_domain::template::{unaccented, variable_name};

/// What a column with telephone numbers holds, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PhoneKind {
    /// The number that the person uses for WhatsApp.
    WhatsApp,
    /// A mobile telephone.
    Mobile,
    /// A telephone of any kind.
    Phone,
    /// A telephone at home, at work or elsewhere.
    Elsewhere,
    /// A number of any kind, such as `Nomor`; the cells have to tell.
    Unsure,
}

/// What a column with names of people holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    /// The name; the smaller figure is the better column.
    Full(usize),
    /// The name that stands for the whole name where no last name is there: `Nombre`.
    FullOrFirst,
    /// The name that is the last name beside a first name: `Nom`, `Name` beside `Vorname`.
    FullOrLast,
    /// The given name.
    First,
    /// The family name.
    Last,
}

/// Words that make a column something else than a telephone number.
const NO_PHONE: &str = "name nama nombre nome nom naam isim ten label type tipe jenis tipo typ fax faks pager telex isdn \
    tty tdd radio callback assistant assistants manager company email mail e opt optin optout in consent accepts \
    marketing status verified country negara pais code kode codigo ext extension extensi ekstensi carrier operator \
    provider model device merk brand group grup grupo link url id date tanggal fecha count total owner os plat plate \
    warna reply message pesan mensaje sent read";
/// Words of a hint how to write the number, such as `Phone (with country code)`: the code is not the column's subject.
const HINT: &str = "with incl including dengan pakai awali con com mit avec met";
const CODE: [&str; 8] = ["code", "country", "kode", "negara", "pais", "codigo", "e", "in"];
const WHATSAPP: &str = "wa nowa whatsaap wats watsup whats واتساب واتس व्हाट्सएप व्हाट्सऐप व्हाट्सअप";
const WHATSAPP_STEMS: &str = "whatsap watsap wasap whatsup วอทส์แอป วอตส์แอป";
const MOBILE: &str = "hp nohp hape cell cells cel gsm cep ceptel msisdn portable bimbit sms iphone mob جوال الجوال محمول \
    المحمول موبايل الموبايل خلوي نقال मोबाइल मोबाईल";
const MOBILE_STEMS: &str = "mobil mobiel movil handphone handfon handy celular cellul cellphone selul selular ponsel \
    telemovel smartphone ceptelefon มือถือ 手机 手機 携帯 휴대 моб";
const PHONE: &str = "tel tels tlp tlf telf fon fono fone sdt dt ph phones هاتف الهاتف هاتفي تليفون تلفون التلفون फोन फ़ोन \
    दूरभाष टेलीफोन";
const PHONE_STEMS: &str = "phone telefon telephon telefoon telepon telpon telp telefo tlpn rufnummer เบอร์ โทร 电话 電話 전화 연락처 телефон";
const ELSEWHERE: &str = "home work business office other car default address billing shipping rumah kantor casa trabajo \
    trabalho oficina domicile bureau travail privat arbeit geschaft thuis werk ufficio lavoro is ev emergency darurat \
    main landline fixed fijo fixo fixe festnetz vast fisso";
/// Whole headers that may be a telephone number, or any other number.
const UNSURE: &str = "number numbers nomor nomer numero nummer numara nomor_tujuan tujuan recipient recipients penerima \
    to destination contact contacts contact_number contact_no nomor_kontak no_kontak kontak contacto contato kontakt \
    رقم الرقم संख्या หมายเลข so";

/// Whole headers of the name, best first.
const FULL: &str = "full_name fullname complete_name nama_lengkap nombre_completo nome_completo nom_complet \
    vollstandiger_name volledige_naam nombre_y_apellidos nombre_y_apellido nombres_y_apellidos nom_prenom nom_et_prenom \
    prenom_nom nome_e_cognome ad_soyad adi_soyadi isim_soyisim ho_ten ho_va_ten nama_penuh display_name file_as \
    contact_name customer_name الاسم_الكامل पूरा_नाम ชื่อ_นามสกุล ชื่อนามสกุล ชื่อลูกค้า ten_khach_hang 姓名 氏名 お名前 名前 이름 성명 фио \
    ho_ten_khach_hang musteri_adi nombre_cliente nome_cliente kundenname klantnaam";
const FULL_OR_FIRST: &str = "nama nombre nombres nome isim ad adi ten الاسم اسم नाम ชื่อ имя";
const FULL_OR_LAST: &str = "name nom naam";
const FIRST: &str = "first_name firstname fname first given_name givenname nama_depan primer_nombre nome_proprio \
    primeiro_nome prenom vorname voornaam forename الاسم_الاول पहला_नाम ชื่อจริง ten_goi";
const LAST: &str = "last_name lastname lname last family_name familyname surname nama_belakang nama_akhir nama_keluarga \
    apellido apellidos sobrenome ultimo_nome nom_de_famille nachname familienname cognome achternaam soyad soyadi \
    soyisim ho اسم_العائلة اللقب фамилия उपनाम นามสกุล";
/// Words for a person: `Nama Siswa`, `Guest Name`.
const PEOPLE: &str = "customer contact client recipient student guest patient member person buyer subscriber user lead \
    your billing shipping pelanggan penerima siswa anggota pasien peserta tamu pembeli konsumen jemaah murid santri \
    karyawan orang cliente clientes contacto contato alumno aluno paciente destinatario kunde kunden klant musteri";
const NAMES: &str = "name nama nombre nome nom naam";

/// The header as names are compared: lower case, no accents, words joined by `_`.
fn folded(text: &str) -> String {
    unaccented(&variable_name(text))
}

/// The same, where a capital begins a word: `phoneNumber` is two.
fn folded_words(header: &str) -> String {
    let mut spaced = String::new();
    let mut lower = false;
    for c in header.chars() {
        if lower && c.is_uppercase() {
            spaced.push(' ');
        }
        lower = c.is_lowercase();
        spaced.push(c);
    }
    folded(&spaced)
}

/// The words of a list, compared like headers.
fn list(words: &str) -> Vec<String> {
    words.split_whitespace().map(folded).collect()
}

/// Words of one kind of telephone.
struct PhoneWords {
    kind: PhoneKind,
    exact: Vec<String>,
    stems: Vec<String>,
    pairs: Vec<(String, String)>,
}

impl PhoneWords {
    fn new(kind: PhoneKind, exact: &str, stems: &str, pairs: &[(&str, &str)]) -> Self {
        let pairs = pairs.iter().map(|(a, b)| (folded(a), folded(b))).collect();
        Self { kind, exact: list(exact), stems: list(stems), pairs }
    }

    fn fits(&self, words: &[&str]) -> bool {
        // Scripts without spaces between words have the stem anywhere.
        let stem = |word: &str, stem: &str| {
            if stem.is_ascii() { word.starts_with(stem) } else { word.contains(stem) }
        };
        let word = |word: &&str| {
            self.exact.iter().any(|known| known == word) || self.stems.iter().any(|known| stem(word, known))
        };
        let pair = |(a, b): &(String, String)| words.windows(2).any(|pair| pair[0] == a && pair[1] == b);
        words.iter().any(word) || self.pairs.iter().any(pair)
    }
}

/// The lists, prepared once per file.
pub(crate) struct ColumnNames {
    no_phone: BTreeSet<String>,
    hint: Vec<String>,
    kinds: [PhoneWords; 3],
    elsewhere: Vec<String>,
    unsure: Vec<String>,
    full: Vec<String>,
    parts: [(NameKind, Vec<String>); 4],
    people: Vec<String>,
    names: Vec<String>,
}

impl ColumnNames {
    pub(crate) fn new() -> Self {
        Self {
            no_phone: list(NO_PHONE).into_iter().collect(),
            hint: list(HINT),
            kinds: [
                PhoneWords::new(PhoneKind::WhatsApp, WHATSAPP, WHATSAPP_STEMS, &[]),
                PhoneWords::new(PhoneKind::Mobile, MOBILE, MOBILE_STEMS, &[("di", "dong")]),
                PhoneWords::new(PhoneKind::Phone, PHONE, PHONE_STEMS, &[("dien", "thoai")]),
            ],
            elsewhere: list(ELSEWHERE),
            unsure: list(UNSURE),
            full: list(FULL),
            parts: [
                (NameKind::FullOrFirst, list(FULL_OR_FIRST)),
                (NameKind::FullOrLast, list(FULL_OR_LAST)),
                (NameKind::First, list(FIRST)),
                (NameKind::Last, list(LAST)),
            ],
            people: list(PEOPLE),
            names: list(NAMES),
        }
    }

    /// Which telephone a header names; `None` for other columns.
    pub(crate) fn phone(&self, header: &str) -> Option<PhoneKind> {
        if self.unsure.contains(&folded(header)) {
            return Some(PhoneKind::Unsure);
        }
        let (whole, split) = (folded(header), folded_words(header));
        let words: Vec<&str> =
            whole.split('_').chain(split.split('_')).map(|word| word.trim_end_matches(numeric)).collect();
        let hint = words.iter().any(|word| self.hint.iter().any(|known| known == word));
        let other = |word: &&str| self.no_phone.contains(*word) && !(hint && CODE.contains(word));
        if words.iter().any(other) {
            return None;
        }
        let kind = self.kinds.iter().find(|kind| kind.fits(&words))?.kind;
        let elsewhere = words.iter().any(|word| self.elsewhere.iter().any(|known| known == word));
        Some(if kind == PhoneKind::Phone && elsewhere { PhoneKind::Elsewhere } else { kind })
    }

    /// Which telephone a label such as `Mobile` or `* Work` names.
    pub(crate) fn label(&self, label: &str) -> Option<PhoneKind> {
        let folded = folded(label);
        let is_fax = folded.split('_').any(|word| matches!(word, "fax" | "pager"));
        if is_fax {
            return Some(PhoneKind::Unsure);
        }
        let elsewhere = folded.split('_').any(|word| self.elsewhere.iter().any(|known| known == word));
        self.phone(label).or(elsewhere.then_some(PhoneKind::Elsewhere))
    }

    /// Which part of a name a header names; `None` for other columns.
    pub(crate) fn name(&self, header: &str) -> Option<NameKind> {
        let (whole, split) = (folded(header), folded_words(header));
        for key in [&whole, &split] {
            if let Some(at) = self.full.iter().position(|known| known == key) {
                return Some(NameKind::Full(at));
            }
            if let Some((kind, _)) = self.parts.iter().find(|(_, known)| known.contains(key)) {
                return Some(*kind);
            }
        }
        let words: Vec<&str> =
            split.split('_').filter(|word| !matches!(*word, "de" | "del" | "do" | "da" | "the")).collect();
        let [one, other] = words.as_slice() else { return None };
        let is = |known: &[String], word: &str| known.iter().any(|known| known == word);
        let person = (is(&self.names, one) && is(&self.people, other))
            || (is(&self.people, one) && is(&self.names, other));
        person.then_some(NameKind::Full(self.full.len()))
    }
}

fn numeric(c: char) -> bool {
    c.is_ascii_digit()
}
