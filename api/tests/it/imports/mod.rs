//! Imports of lists of people, and lists that are downloaded.

mod exports;
mod running;
mod undoing;
mod uploading;

use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use wahana_service::imports::run::{Ran, run};
use wahana_testkit::{Client, Reply, Tenant, TestApp};

/// An organization that imports lists.
struct Importer {
    app: TestApp,
    acme: Tenant,
}

impl Importer {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let acme = app.register("acme").await;
        Self { app, acme }
    }

    fn rows(&self) -> wahana_store::Tenant {
        self.app.store.tenant(self.acme.organization_id.parse().unwrap())
    }

    async fn upload(&self, query: &str, file: impl Into<reqwest::Body>) -> Value {
        upload(&self.acme, query, file).await.expect(201)
    }

    async fn get(&self, import: &Value) -> Value {
        self.acme.get(&path(import)).await.expect(200)
    }

    /// Does what a worker does.
    async fn work(&self, import: &Value) -> Ran {
        run(&self.rows(), id(import).parse().unwrap()).await.unwrap()
    }

    /// Starts an import, and shows it when it ended.
    async fn run(&self, import: &Value) -> Value {
        self.acme.post(&format!("{}/start", path(import)), json!({})).await.expect(202);
        assert_eq!(self.work(import).await, Ran::Done);
        self.get(import).await
    }

    /// `+62812 name tags attributes` of all contacts, by number.
    async fn contacts(&self) -> Vec<String> {
        let page = self.acme.get("/api/v1/contacts?limit=100").await.expect(200);
        let mut found: Vec<String> = page["items"].as_array().unwrap().iter().map(contact).collect();
        found.sort();
        found
    }

    async fn draft(&self, text: &str) -> String {
        let name = format!("session {}", self.app.count("select count(*) from sessions").await);
        let session = self.app.session(&self.acme, &name).await.id;
        let body =
            json!({"name": "sale", "content": {"type": "text", "text": text}, "session_ids": [session]});
        self.acme.post("/api/v1/campaigns", body).await.expect(201)["id"].as_str().unwrap().to_owned()
    }
}

fn contact(contact: &Value) -> String {
    format!(
        "{} {} {} {}",
        contact["phone"].as_str().unwrap(),
        contact["name"].as_str().unwrap_or("-"),
        contact["tags"],
        contact["attributes"]
    )
}

async fn upload(client: &Client, query: &str, file: impl Into<reqwest::Body>) -> Reply {
    let request = client.request(Method::POST, &format!("/api/v1/imports{query}"));
    Reply::to(request.header(CONTENT_TYPE, "application/octet-stream").body(file)).await
}

fn id(import: &Value) -> &str {
    import["id"].as_str().unwrap()
}

fn path(import: &Value) -> String {
    format!("/api/v1/imports/{}", id(import))
}
