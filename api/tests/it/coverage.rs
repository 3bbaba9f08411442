//! Every operation of the OpenAPI document, called as somebody who may not: without credentials, with a key without
//! scopes, and as another organization. A new operation is covered by being documented; if it needs an id or a body
//! that is not known here, the test says so.

mod acts;

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};
use wahana_domain::messages::ReceivedMessage;
use wahana_store::accounts::request_log::{CountsByMinute, LoggedRequest};
use wahana_store::inbox::inbound_work::SeenMessage;
use wahana_testkit::{Client, Reply, Tenant, TestApp};

/// Anybody may call these: they are how one gets credentials, or learns why there are none to be had;
/// the token of a pairing link is a credential.
const PUBLIC: [&str; 6] =
    ["register", "login", "refresh", "get_status", "open_pairing_link", "open_pairing_qr"];

struct Operation {
    name: String,
    method: Method,
    path: String,
    public: bool,
    /// It never ends: `operator/stream.rs` sees that it tells nobody of others.
    endless: bool,
    content_type: Option<String>,
}

impl Operation {
    /// What somebody else's owner is answered: those who do not operate the installation learn nothing at all.
    fn refusal<'a>(&self, of_tenants: (u16, Option<&'a str>)) -> (u16, Option<&'a str>) {
        if self.path.contains("/operator/") { (403, Some("operator_required")) } else { of_tenants }
    }
}

fn operations() -> Vec<Operation> {
    let document = serde_json::to_value(wahana_api::openapi()).unwrap();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let Ok(method) = method.to_uppercase().parse::<Method>() else { continue };
            let contents = operation["requestBody"]["content"].as_object();
            let kinds: Vec<&String> = contents
                .into_iter()
                .flat_map(|all| all.keys())
                .filter(|kind| *kind != "multipart/form-data")
                .collect();
            let json_first = kinds.iter().find(|kind| *kind == &"application/json").or(kinds.first());
            found.push(Operation {
                name: operation["operationId"]
                    .as_str()
                    .unwrap_or_else(|| panic!("{method} {path} has no operationId"))
                    .to_owned(),
                method,
                path: path.clone(),
                public: operation["security"] == json!([{}]),
                endless: operation["responses"]["200"]["content"]["text/event-stream"].is_object(),
                content_type: json_first.map(|kind| (*kind).clone()),
            });
        }
    }
    assert!(found.len() > 40, "the document holds the whole API");
    found
}

/// One of everything that has an id, in one organization.
struct Things {
    session: String,
    message: String,
    campaign: String,
    contact: String,
    number_check: String,
    conversation: String,
    media: String,
    key: String,
    device: String,
    pool: String,
    pairing_link: String,
    import: String,
    /// In the log of requests.
    request: &'static str,
    /// Of a contact and of a suppression.
    phone: &'static str,
}

impl Things {
    async fn make(app: &TestApp, owner: &Tenant) -> Self {
        let phone = "+6281234567890";
        let session = app.session(owner, "main").await.id.to_string();
        let made = async |path: &str, status, body| {
            let made = owner.post(&format!("/api/v1{path}"), body).await.expect(status);
            made["id"].as_str().unwrap_or_default().to_owned()
        };
        let conversation = conversation(app, owner, &session).await;
        let links = format!("/api/v1/sessions/{session}/pairing-links");
        let pairing_link =
            owner.post(&links, json!({})).await.expect(201)["link"]["id"].as_str().unwrap().to_owned();
        let media = owner
            .request(Method::POST, "/api/v1/media?filename=secret.txt")
            .header("content-type", "text/plain")
            .body("secret file");
        let media = Reply::to(media).await.expect(201)["id"].as_str().unwrap().to_owned();
        let import = owner
            .request(Method::POST, "/api/v1/imports")
            .header("content-type", "text/csv")
            .body("phone,name\n+6281234567890,secret person\n");
        let import = Reply::to(import).await.expect(201)["id"].as_str().unwrap().to_owned();
        let text = json!({"type": "text", "text": "a secret text"});
        let things = Self {
            message: made(
                "/messages",
                202,
                json!({"session_id": session, "to": "+6281234567891", "content": text}),
            )
            .await,
            campaign: made(
                "/campaigns",
                201,
                json!({"name": "secret campaign", "content": text, "session_ids": [session]}),
            )
            .await,
            pool: made(
                "/sender-pools",
                201,
                json!({"name": "secret pool", "members": [{"session_id": session}]}),
            )
            .await,
            number_check: made("/contacts/check", 202, json!({"session_id": session, "phones": [phone]}))
                .await,
            contact: made("/contacts", 201, json!({"phone": phone, "name": "secret contact"})).await,
            key: owner.get("/api/v1/user/api-keys").await.expect(200)["items"][0]["id"]
                .as_str()
                .unwrap()
                .to_owned(),
            device: owner.get("/api/v1/user/devices").await.expect(200)["items"][0]["id"]
                .as_str()
                .unwrap()
                .to_owned(),
            session,
            conversation,
            media,
            pairing_link,
            import,
            request: logged_request(app, owner).await,
            phone,
        };
        made("/suppressions", 201, json!({"phone": phone, "detail": "secret reason"})).await;
        things
    }

    /// The path with the ids of these things; panics for a parameter that is not known here.
    fn path(&self, template: &str) -> String {
        let mut before = "";
        let parts = template.split('/').map(|part| {
            let filled =
                if part.starts_with('{') { self.id(before, part, template) } else { part.to_owned() };
            before = part;
            filled
        });
        parts.collect::<Vec<_>>().join("/")
    }

    fn id(&self, collection: &str, parameter: &str, template: &str) -> String {
        let id = match (collection, parameter) {
            ("sessions" | "members", _) => &self.session,
            ("sender-pools", _) => &self.pool,
            ("plans", _) => "free",
            ("nodes", _) => "nod_01h455vb4pex5vsknk084sn02q",
            ("messages", _) => &self.message,
            ("conversations", _) => &self.conversation,
            ("jobs", _) => "job_01h455vb4pex5vsknk084sn02q",
            ("campaigns", _) => &self.campaign,
            ("media", _) => &self.media,
            ("imports", _) => &self.import,
            ("api-keys", _) => &self.key,
            ("devices", _) => &self.device,
            ("check", _) => &self.number_check,
            ("request-log", _) => self.request,
            ("pairing-links", _) => &self.pairing_link,
            // The holder of a valid token is no stranger: see `sessions/pairing_links.rs`.
            ("pairing", _) => "wpl_unknown",
            ("contacts" | "suppressions" | "consents", "{phone}") => self.phone,
            ("identities", _) => "99887766554433@lid",
            ("contacts", _) => &self.contact,
            _ => panic!("{template}: make one {collection} in Things::make and name it here"),
        };
        id.to_owned()
    }

    /// Everything that nobody else may read.
    fn secrets(&self) -> Vec<&str> {
        let ids = [
            &self.device,
            &self.session,
            &self.message,
            &self.campaign,
            &self.contact,
            &self.media,
            &self.key,
            &self.pool,
            &self.conversation,
            &self.pairing_link,
            &self.import,
        ];
        ids.into_iter().map(String::as_str).chain([self.phone, "secret"]).collect()
    }

    /// A body that would be taken from the owner; panics for an operation that is not known here.
    fn body(&self, operation: &str) -> Value {
        // The beginnings of a PNG, an MP4 and a voice note; any text is a document.
        let data = match operation {
            "send_image" => "iVBORw0KGgoAAAANSUhEUg==",
            "send_video" => "AAAAGGZ0eXBpc29tAAACAGlzb21pc28yAAAACG1kYXQ=",
            "send_voice" => "T2dnUwACAAAAAAAAAAABAAAAAAAAAAAAAAABE09wdXNIZWFkAQE4AYC7AAAAAAA=",
            _ => "aGk=",
        };
        let file =
            json!({"to": "+6281234567892", "media": {"data": data, "mimetype": "application/octet-stream"}});
        let text = json!({"type": "text", "text": "hello"});
        match operation {
            "register" => {
                json!({"email": "new@x.example", "name": "x", "password": "kuda terbang", "organization": "x"})
            }
            "login" => json!({"email": "new@x.example", "password": "kuda terbang"}),
            "refresh" => json!({"refresh_token": "x"}),
            "update_profile" | "update_organization" | "change_session" | "change_campaign" => {
                json!({"name": "x"})
            }
            "change_password" => json!({"current_password": "x", "new_password": "kucing terbang"}),
            "rename_api_key" => json!({"name": "x"}),
            "rotate_api_key" => json!({}),
            "create_api_key" => json!({"name": "x", "scopes": []}),
            "create_session" | "create_sender_pool" | "change_sender_pool" => json!({"name": "x"}),
            "create_pairing_link" | "start_campaign" | "resume_campaign" => json!({}),
            "add_node" => json!({"name": "x", "base_url": "http://x.invalid", "api_key": "k"}),
            "change_node" | "change_plan" | "drain_node" | "move_session" => json!({}),
            "set_sender_pool_member" => json!({}),
            "cancel_messages" | "retry_messages" => json!({"message_ids": [self.message]}),
            "tag_contacts" => json!({"contacts": {"everybody": true}, "add": ["vip"], "preview": true}),
            "delete_contacts" => json!({"contacts": {"everybody": true}}),
            "change_import" => json!({}),
            "change_contact" => json!({"tags": []}),
            "join_identity" => json!({"identity": "99887766554433@lid"}),
            "preview_policy" => json!({"policy": {}}),
            "session_pairing_code" => json!({"phone": "+6281234567892"}),
            "send_message" => json!({"session_id": self.session, "to": "+6281234567892", "content": text}),
            "send_text" => json!({"to": "+6281234567892", "text": "hello"}),
            "send_image" | "send_video" | "send_document" | "send_voice" => file,
            "create_campaign" => json!({"name": "x", "content": text, "session_ids": [self.session]}),
            "add_recipients" => json!({"contacts": [{"phone": "+6281234567892"}]}),
            "pause" | "resume" => json!({"target": "all"}),
            "set_concurrency" => json!({"queue": "lanes", "slots": 1}),
            "replay_dead_letters" | "replay_all_dead_letters" => json!({"code": "x"}),
            "check_numbers" => json!({"session_id": self.session, "phones": ["+6281234567892"]}),
            "change_consent_settings" => json!({"opt_out_scope": "all", "opt_out_confirmation": null,
                "opt_in_confirmation": null, "bulk_needs_consent": false}),
            "give_consent" => json!({"phone": "+6281234567892", "source": "form"}),
            "save_contact" | "add_suppression" => json!({"phone": "+6281234567892"}),
            _ => panic!("{operation}: write a body for it here"),
        }
    }

    async fn call(&self, client: &Client, operation: &Operation) -> Reply {
        let request = client.request(operation.method.clone(), &self.path(&operation.path));
        Reply::to(match operation.content_type.as_deref() {
            None => request,
            Some("application/json") => request.json(&self.body(&operation.name)),
            Some(kind @ ("text/csv" | "application/octet-stream")) => {
                request.header("content-type", kind).body("phone\n+6281234567892\n")
            }
            Some("*/*") => request.header("content-type", "application/octet-stream").body("bytes"),
            Some(kind) => panic!("{}: send it something of {kind} here", operation.name),
        })
        .await
    }
}

/// Somebody writes to the session.
async fn conversation(app: &TestApp, owner: &Tenant, session: &str) -> String {
    let (organization, session) = (owner.organization_id.parse().unwrap(), session.parse().unwrap());
    let seen = SeenMessage {
        waha_id: "AAAA".into(),
        from_me: false,
        chat_id: "6281234567891@c.us".into(),
        phone: None,
        request: None,
        username: None,
        name: Some("secret name".into()),
        content: ReceivedMessage::text("a secret question"),
        at: app.store.clock().now(),
    };
    app.store.system().inbox().store_seen(organization, session, &[seen]).await.unwrap();
    owner.get("/api/v1/conversations").await.expect(200)["items"][0]["id"].as_str().unwrap().to_owned()
}

/// A request that stands in the log.
async fn logged_request(app: &TestApp, owner: &Tenant) -> &'static str {
    let request = LoggedRequest {
        organization: owner.organization_id.parse().unwrap(),
        at: app.store.clock().now(),
        method: "GET".into(),
        route: "/secret".into(),
        path: "/secret".into(),
        status: 200,
        duration_ms: 1,
        request_id: "req_secret".into(),
        key: None,
        user: None,
        caller: "secret caller".into(),
        error_code: None,
    };
    app.store.system().request_log().record(&[request], &CountsByMinute::new()).await.unwrap();
    "req_secret"
}

/// Collects what went wrong everywhere, so that one run shows all of it.
fn all_well(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn told(operation: &Operation, reply: &Reply) -> String {
    format!(
        "{} {}: {} {}",
        operation.method,
        operation.path,
        reply.status,
        reply.text.chars().take(300).collect::<String>()
    )
}

#[tokio::test]
async fn without_credentials_nothing_works() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let things = Things::make(&app, &acme).await;
    let mut wrong = Vec::new();
    let mut public = BTreeSet::new();
    for operation in operations() {
        if operation.public {
            public.insert(operation.name);
            continue;
        }
        for client in [app.anonymous(), app.client("wah_0000"), app.client("eyJhbGciOiJub25lIn0.e30.")] {
            let reply = things.call(&client, &operation).await;
            if (reply.status, reply.body["code"].as_str()) != (401, Some("unauthenticated")) {
                wrong.push(told(&operation, &reply));
            }
        }
    }
    all_well(&wrong);
    assert_eq!(public, PUBLIC.into_iter().map(str::to_owned).collect());
}

#[tokio::test]
async fn a_key_without_scopes_may_do_nothing() {
    let app = TestApp::start().await;
    let acme = app.register("acme").await;
    let things = Things::make(&app, &acme).await;
    let key = app.client(&acme.key_with(&[]).await);
    let mut wrong = Vec::new();
    for operation in operations().iter().filter(|operation| !operation.public) {
        let reply = things.call(&key, operation).await;
        if reply.status != 403 {
            wrong.push(told(operation, &reply));
        }
    }
    all_well(&wrong);
}

#[tokio::test]
async fn what_is_anothers_does_not_exist() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.register("acme").await, app.register("globex").await);
    let things = Things::make(&app, &acme).await;
    let mut wrong = Vec::new();
    // As the owner's browser and as a program that may do everything.
    for (stranger, is_key) in [(globex.client.clone(), false), (app.client(&globex.key), true)] {
        for operation in operations().iter().filter(|operation| operation.path.contains('{')) {
            let reply = things.call(&stranger, operation).await;
            // Devices are a person's own: no key sees any.
            let of_people = is_key && operation.path.contains("/user/devices/");
            let unseen = if of_people { (403, Some("user_required")) } else { (404, Some("not_found")) };
            if (reply.status, reply.body["code"].as_str()) != operation.refusal(unseen) {
                wrong.push(told(operation, &reply));
            }
        }
    }
    all_well(&wrong);
    // And it is untouched.
    for (path, name) in
        [("sessions", "main"), ("campaigns", "secret campaign"), ("contacts", "secret contact")]
    {
        assert_eq!(acme.get(&format!("/api/v1/{path}")).await.expect(200)["items"][0]["name"], name);
    }
    assert_eq!(app.count("select count(*) from messages where direction = 'outbound'").await, 1);
    assert_eq!(app.count("select count(*) from recipients").await, 0);
}

#[tokio::test]
async fn no_list_shows_anothers() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.register("acme").await, app.register("globex").await);
    let things = Things::make(&app, &acme).await;
    let mut wrong = Vec::new();
    let is_list = |operation: &&Operation| {
        operation.method == Method::GET && !operation.path.contains('{') && !operation.endless
    };
    for operation in operations().iter().filter(is_list) {
        let reply = things.call(&globex, operation).await;
        let wanted = operation.refusal((200, None)).0;
        if reply.status != wanted || things.secrets().iter().any(|secret| reply.text.contains(secret)) {
            wrong.push(told(operation, &reply));
        }
    }
    all_well(&wrong);
    // The owner sees them, so the test would see them too.
    let seen = acme.get("/api/v1/contacts").await.text + &acme.get("/api/v1/messages").await.text;
    assert!(seen.contains("secret contact") && seen.contains(&things.message));
}

#[tokio::test]
async fn anothers_ids_in_a_body_do_not_exist_either() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.register("acme").await, app.register("globex").await);
    let things = Things::make(&app, &acme).await;
    let own = app.session(&globex, "own").await.id.to_string();
    let text = json!({"type": "text", "text": "x"});
    let picture = json!({"type": "image", "media": {"id": things.media, "mimetype": "image/png"}});
    for (path, body) in [
        ("/messages", json!({"session_id": things.session, "to": "+6281234567892", "content": text})),
        ("/messages", json!({"session_id": own, "to": "+6281234567892", "content": picture})),
        ("/messages", json!({"pool_id": things.pool, "to": "+6281234567892", "content": text})),
        ("/campaigns", json!({"name": "x", "content": text, "pool_id": things.pool})),
        ("/sender-pools", json!({"name": "x", "members": [{"session_id": things.session}]})),
        ("/campaigns", json!({"name": "x", "content": text, "session_ids": [own, things.session]})),
        ("/campaigns", json!({"name": "x", "content": picture, "session_ids": [own]})),
    ] {
        let reply = globex.post(&format!("/api/v1{path}"), body.clone()).await;
        assert!(matches!(reply.status, 404 | 422), "{body}: {} {}", reply.status, reply.text);
        assert!(!reply.text.contains("secret"), "{}", reply.text);
    }
    assert_eq!(app.count("select count(*) from messages where direction = 'outbound'").await, 1);
    assert_eq!(app.count("select count(*) from campaigns").await, 1);
    assert_eq!(app.count("select count(*) from sender_pools").await, 1);
}
