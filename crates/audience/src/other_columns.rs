//! Columns beside numbers and names: tags, time zones, consent; and which program wrote a list. Found by whole headers,
//! compared without case, accents and punctuation.

use wahana_domain::recipients::ListOrigin;
use wahana_domain::template::{unaccented, variable_name};

const TAGS: &str = "tags tag labels label groups group group_membership categories category kategori grup kelompok \
    etiquetas etiqueta grupo grupos marcadores categoria categorias etiquettes groupe groupes gruppe gruppen \
    kategorie kategorien schlagworter etichette gruppi categories_tags contact_tags tag_kontak label_kontak segmen \
    segment segments lists etiketler etiket gruplar grup_adi nhan nhom ป้ายกำกับ กลุ่ม 标签 标签组 群组 タグ 태그 \
    метки теги группы تصنيفات مجموعات टैग समूह";
const ZONES: &str = "time_zone timezone tz zona_waktu zona_horaria huso_horario fuso_horario fuseau_horaire zeitzone \
    tijdzone fuso_orario saat_dilimi zon_masa mui_gio เขตเวลา 时区 時区 タイムゾーン 시간대 часовой_пояс \
    المنطقة_الزمنية समय_क्षेत्र zone zona";
const CONSENT: &str = "consent opt_in optin opted_in whatsapp_opt_in whatsapp_optin whatsapp_consent sms_opt_in \
    marketing_consent accepts_marketing accepts_sms_marketing accepts_whatsapp_marketing subscribed persetujuan setuju \
    izin consentimiento acepta_marketing consentimento aceita_marketing consentement einwilligung toestemming consenso \
    onay";

/// Columns of our own list of contacts that are no attributes.
pub const CONTACT_COLUMNS: [&str; 6] =
    ["phone", "name", "tags", "wahana_contact", "created_at", "updated_at"];
/// Columns of our own list of recipients that are no variables.
pub const RECIPIENT_COLUMNS: [&str; 9] =
    ["phone", "name", "state", "error_code", "sent_at", "delivered_at", "read_at", "message_id", "line"];
/// What stands before the name of a variable that is named like one of our columns.
const VARIABLE: &str = "variable ";

fn folded(text: &str) -> String {
    unaccented(&variable_name(text))
}

fn find(names: &[String], known: &str, taken: &[usize]) -> Option<usize> {
    let known: Vec<String> = known.split_whitespace().map(folded).collect();
    let fits = |at: &usize| !taken.contains(at) && known.contains(&folded(&names[*at]));
    (0..names.len()).find(fits)
}

/// The column with tags.
pub(crate) fn tags(names: &[String], taken: &[usize]) -> Option<usize> {
    find(names, TAGS, taken)
}

/// The column with the time zone of each person.
pub(crate) fn time_zone(names: &[String], taken: &[usize]) -> Option<usize> {
    find(names, ZONES, taken)
}

/// The column that says who agreed.
pub(crate) fn consent(names: &[String], taken: &[usize]) -> Option<usize> {
    find(names, CONSENT, taken)
}

/// Our own columns in a list that we wrote; `None` for other lists.
pub(crate) fn own(names: &[String]) -> Option<&'static [&'static str]> {
    let has = |name: &str| names.iter().any(|known| known == name);
    if has("wahana_contact") && has("phone") {
        Some(&CONTACT_COLUMNS)
    } else if RECIPIENT_COLUMNS.iter().all(|name| has(name)) {
        Some(&RECIPIENT_COLUMNS)
    } else {
        None
    }
}

/// The name of a variable in a list that we wrote.
pub(crate) fn own_variable(name: &str, own: &[&str]) -> String {
    let bare = name.strip_prefix(VARIABLE).filter(|bare| own.contains(bare) || bare.starts_with(VARIABLE));
    bare.unwrap_or(name).to_owned()
}

/// How the column of a variable is named in a list that we write.
pub fn own_header(variable: &str, own: &[&str]) -> String {
    let taken = own.contains(&variable) || variable.starts_with(VARIABLE) || variable.trim().is_empty();
    if taken { format!("{VARIABLE}{variable}") } else { variable.to_owned() }
}

/// The program that wrote a list with these columns.
pub(crate) fn origin(names: &[String]) -> ListOrigin {
    let keys: Vec<String> = names.iter().map(|name| folded(name)).collect();
    let has = |key: &str| keys.iter().any(|known| known == key);
    if own(names).is_some() {
        ListOrigin::Wahana
    } else if has("phone_1_value") && (has("labels") || has("group_membership") || has("phone_1_label")) {
        ListOrigin::Google
    } else if has("e_mail_address") && has("mobile_phone") || has("business_phone") && has("home_phone") {
        ListOrigin::Outlook
    } else if has("record_id") && (has("phone_number") || has("mobile_phone_number")) {
        ListOrigin::Hubspot
    } else if has("country_id_id") || has("category_id_id") || has("is_company") {
        ListOrigin::Odoo
    } else if has("accepts_email_marketing") || has("default_address_phone") {
        ListOrigin::Shopify
    } else if has("member_rating") || has("optin_time") || has("leid") {
        ListOrigin::Mailchimp
    } else {
        ListOrigin::Other
    }
}

/// The tags of a cell. Groups that Google gives to everybody are none.
pub(crate) fn split_tags(cell: &str) -> Vec<String> {
    let marks = [',', ';', '|', '\n', '\r'];
    let pieces = cell.split(":::").flat_map(|piece| piece.split(marks));
    let mut tags: Vec<String> = Vec::new();
    for piece in pieces {
        let piece = piece.trim().trim_matches('"').trim();
        let tag = piece.strip_prefix("* ").or_else(|| piece.strip_prefix('*')).unwrap_or(piece).trim();
        let given = piece.starts_with('*')
            && matches!(tag.to_ascii_lowercase().as_str(), "mycontacts" | "my contacts" | "starred");
        if !tag.is_empty() && !given && !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}
