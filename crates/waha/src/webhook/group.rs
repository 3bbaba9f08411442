//! Events of groups: a name, and how many members it has.

use serde_json::Value;

use super::flexible;

/// What is known of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupNews {
    /// `<id>@g.us`.
    pub id: String,
    /// Its name, where told.
    pub subject: Option<String>,
    /// How many members it has, where told.
    pub members: Option<u32>,
    /// How many members came or went, where told.
    pub change: i32,
}

impl GroupNews {
    pub(super) fn read(kind: &str, payload: &Value) -> Option<Self> {
        let mut news = Self::of(&payload["group"])?;
        if kind == "group.v2.participants" {
            let n = payload["participants"].as_array().map_or(0, Vec::len);
            let n = i32::try_from(n).unwrap_or_default();
            news.change = match payload["type"].as_str() {
                Some("join") => n,
                Some("leave") => -n,
                _ => 0,
            };
        }
        Some(news)
    }

    /// A group as the events and the list of groups show it.
    pub(crate) fn of(group: &Value) -> Option<Self> {
        let id = flexible::text(&group["id"])
            .or_else(|| flexible::text(&group["id"]["_serialized"]))
            .or_else(|| flexible::text(&group["JID"]))
            .filter(|id| id.ends_with("@g.us"))?;
        let listed = [&group["participants"], &group["Participants"]].into_iter().find_map(Value::as_array);
        // A change may list only those whom it is about; a whole group has its own size.
        let size = flexible::integer(&group["size"]).or_else(|| listed.map(|list| list.len() as i64));
        Some(Self {
            id,
            subject: [&group["subject"], &group["Name"], &group["name"]].into_iter().find_map(flexible::text),
            members: size.and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0),
            change: 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn f10_the_name_and_the_members_are_read_from_events_and_lists() {
        let joined = json!({"group": {"id": "1203@g.us", "subject": "Warga", "participants": [{"id": "1@c.us"}, {"id": "2@lid"}]}});
        let news = GroupNews::read("group.v2.join", &joined).unwrap();
        assert_eq!((news.subject.as_deref(), news.members, news.change), (Some("Warga"), Some(2), 0));
        let renamed =
            GroupNews::read("group.v2.update", &json!({"group": {"id": "1203@g.us", "subject": "Baru"}}))
                .unwrap();
        assert_eq!((renamed.subject.as_deref(), renamed.members), (Some("Baru"), None));
        let left = json!({"group": {"id": "1203@g.us"}, "type": "leave", "participants": [{"id": "1@c.us"}]});
        assert_eq!(GroupNews::read("group.v2.participants", &left).unwrap().change, -1);
        let gows = json!({"JID": "1203@g.us", "Name": "Warga", "Participants": [{}, {}, {}]});
        assert_eq!(GroupNews::of(&gows).unwrap().members, Some(3));
        assert_eq!(GroupNews::of(&json!({"id": "x@newsletter"})), None);
    }
}
