//! Uploading and reading the people of a campaign, whatever the file looks like.

use bytes::Bytes;
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use wahana_api::ApiConfig;
use wahana_testkit::{Reply, Tenant, TestApp, TestOptions};

struct Draft {
    app: TestApp,
    acme: Tenant,
    path: String,
}

impl Draft {
    async fn saying(text: &str) -> Self {
        Self::within(TestApp::start().await, text).await
    }

    async fn within(app: TestApp, text: &str) -> Self {
        let acme = app.register("acme").await;
        let session = app.session(&acme, "main").await.id;
        let body =
            json!({"name": "sale", "content": {"type": "text", "text": text}, "session_ids": [session]});
        let id =
            acme.post("/api/v1/campaigns", body).await.expect(201)["id"].as_str().expect("an id").to_owned();
        Self { app, acme, path: format!("/api/v1/campaigns/{id}") }
    }

    async fn upload(&self, query: &str, csv: impl Into<reqwest::Body>) -> Reply {
        let request = self.acme.request(Method::POST, &format!("{}/recipients{query}", self.path));
        Reply::to(request.header(CONTENT_TYPE, "text/csv").body(csv)).await
    }

    async fn total(&self) -> Value {
        self.acme.get(&self.path).await.expect(200)["total"].clone()
    }
}

#[tokio::test]
async fn a_list_becomes_recipients_in_order() {
    let draft = Draft::saying("{Hi|Hello} {{name|friend}}, your code is {{kode_voucher}}").await;
    let suppression = json!({"phone": "081234567894", "reason": "opt_out"});
    draft.acme.post("/api/v1/suppressions", suppression).await.expect(201);
    let csv = "Nama;No HP;Kode Voucher\n\
               Ana;0812-3456-7890;A1\n\
               Budi;0812 3456 7891;\n\
               Citra;12;C3\n\
               Ana again;+62 81234567890;A2\n\
               ;081234567892;D4\n\
               Eka;081234567894;E5\n\
               Fajar;081234567893;F6\n";
    let dry = draft.upload("?dry_run=true", csv).await.expect(200);
    assert_eq!(draft.total().await, 0, "a dry run changes nothing");
    assert_eq!(draft.app.count("select count(*) from rejected_lines").await, 0);
    let report = draft.upload("", csv).await.expect(200);
    assert_eq!((dry["dry_run"].as_bool(), report["dry_run"].as_bool()), (Some(true), Some(false)));
    for field in
        ["total_lines", "accepted", "rejected", "duplicates", "suppressed", "by_code", "rejects", "sample"]
    {
        assert_eq!(dry[field], report[field], "the dry run told {field}");
    }
    assert_eq!(
        [&report["total_lines"], &report["accepted"], &report["rejected"]],
        [&json!(7), &json!(3), &json!(4)]
    );
    assert_eq!(
        report["by_code"],
        json!({"bad_phone": 1, "missing_variable": 1, "duplicate": 1, "suppressed": 1})
    );
    let lines: Vec<_> = report["rejects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| (r["line"].as_i64().unwrap(), r["code"].as_str().unwrap()))
        .collect();
    assert_eq!(lines, [(3, "missing_variable"), (4, "bad_phone"), (5, "duplicate"), (7, "suppressed")]);
    assert_eq!(
        (report["rejects"][1]["column"].as_str(), report["rejects"][1]["value"].as_str()),
        (Some("No HP"), Some("12"))
    );
    assert_eq!(
        report["sample"],
        json!(["Hi Ana, your code is A1", "Hello friend, your code is D4", "Hi Fajar, your code is F6"])
    );

    let listed = draft.acme.get(&format!("{}/recipients?limit=2", draft.path)).await.expect(200);
    let people = |page: &Value| {
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|r| r["phone"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(people(&listed), ["+6281234567890", "+6281234567892"]);
    assert_eq!(
        (&listed["items"][0]["name"], &listed["items"][0]["variables"], &listed["items"][0]["state"]),
        (
            &json!("Ana"),
            &json!({"kode_voucher": "A1", "nama": "Ana", "no_hp": "0812-3456-7890"}),
            &json!("accepted")
        )
    );
    let rest = draft
        .acme
        .get(&format!("{}/recipients?limit=2&cursor={}", draft.path, listed["next_cursor"].as_str().unwrap()))
        .await
        .expect(200);
    assert_eq!((people(&rest), &rest["next_cursor"]), (vec!["+6281234567893".to_owned()], &Value::Null));

    // A second file goes behind the first; who is there already is a duplicate.
    let more = draft.upload("", "phone,kode_voucher\n081234567890,Z\n081234567899,Z\n").await.expect(200);
    assert_eq!([&more["accepted"], &more["duplicates"]], [&json!(1), &json!(1)]);
    let campaign = draft.acme.get(&draft.path).await.expect(200);
    assert_eq!(
        [&campaign["total"], &campaign["rejected"], &campaign["duplicates"], &campaign["suppressed"]],
        [&json!(4), &json!(5), &json!(2), &json!(1)]
    );
    assert_eq!(
        draft.app.texts("select string_agg(position::text, ',' order by position) from recipients").await,
        ["1,2,3,4"]
    );
}

#[tokio::test]
async fn refused_lines_come_back_repairable() {
    let draft = Draft::saying("Hi {{code}}").await;
    let report =
        draft.upload("", "phone,code,note\n12,A,=1+1\n13,B,\"a, b\"\n081234567890,C,x\n").await.expect(200);
    assert_eq!(report["accepted"], 1);
    let response = draft.acme.get(&format!("{}/rejects", draft.path)).await;
    assert_eq!(response.header("content-type"), "text/csv; charset=utf-8");
    let csv = response.text;
    let lines: Vec<_> = csv.lines().collect();
    assert_eq!(lines[0], "\u{feff}phone,code,note,rejected_line,rejected_column,rejected_reason");
    assert!(lines[1].starts_with("12,A,'=1+1,2,phone,"), "{csv}");
    assert!(lines[2].starts_with("13,B,\"a, b\",3,phone,"), "{csv}");
    let repaired = csv.replace("\n12,", "\n081234567891,").replace("\n13,", "\n081234567892,");
    let report = draft.upload("", repaired).await.expect(200);
    assert_eq!((&report["accepted"], &report["rejected"]), (&json!(2), &json!(0)), "{report}");
    assert_eq!(
        draft.app.texts("select variables ->> 'note' from recipients order by position").await,
        ["x", "=1+1", "a, b"]
    );
}

#[tokio::test]
async fn exports_are_no_formulas() {
    let draft = Draft::saying("Hi").await;
    draft.upload("", "phone,name,note\n081234567890,=cmd|' /C calc'!A0,@x\n081234567891,+Ana,\n081234567892,-Budi,\"x\"\"y\"\n").await.expect(200);
    let csv = draft.acme.get(&format!("{}/recipients.csv", draft.path)).await;
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"recipients.csv\"");
    assert_eq!(csv.text.lines().count(), 4, "{}", csv.text);
    for cell in csv.text.split([',', '\n']) {
        assert!(!cell.trim_start_matches('"').starts_with(['=', '+', '-', '@']), "{cell:?} in {}", csv.text);
    }
}

#[tokio::test]
async fn ugly_files_are_refused_with_reasons() {
    let draft = Draft::saying("Hi {{code}}").await;
    let workbook: Vec<u8> = [b"PK\x03\x04".as_slice(), &[7; 2000]].concat();
    let junk: Vec<u8> = (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let cases: Vec<(Vec<u8>, &[&str])> = vec![
        (b"".to_vec(), &["empty_file"]),
        (b" \n\n".to_vec(), &["empty_file"]),
        (workbook, &["not_csv"]),
        (
            junk,
            &[
                "not_csv",
                "bad_header",
                "no_phone_column",
                "too_many_columns",
                "duplicate_column",
                "missing_column",
            ],
        ),
        (b"081234567890,A\n081234567891,B\n".to_vec(), &["no_header"]),
        (b"colour,code\nred,A\n".to_vec(), &["no_phone_column"]),
        (b"phone\n081234567890\n".to_vec(), &["missing_column"]),
        (b"phone,code,code\n081234567890,A,B\n".to_vec(), &["duplicate_column"]),
        (b"phone,co\0de\n1,2\n".to_vec(), &["not_csv", "bad_header", "missing_column"]),
        (b"\"phone,code\n081234567890,A\n".to_vec(), &["bad_header"]),
        ([b"phone,code,".as_slice(), &vec![b'x'; 100_000]].concat(), &["line_too_long"]),
        (
            (0..1100).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",").into_bytes(),
            &["too_many_columns"],
        ),
    ];
    for (file, codes) in cases {
        let shown = String::from_utf8_lossy(&file[..file.len().min(40)]).into_owned();
        let reply = draft.upload("", file).await;
        assert_eq!(reply.status, 422, "{shown}: {}", reply.text);
        assert!(codes.contains(&reply.body["code"].as_str().unwrap()), "{shown}: {}", reply.text);
    }
    let wrong = draft
        .upload("?phone_column=tel", "phone,code\n081234567890,A\n")
        .await
        .problem(422, "unknown_column");
    assert!(wrong["detail"].as_str().unwrap().contains("phone, code"), "{wrong}");
    draft.upload("?name_column=code", "phone,code\n").await.problem(422, "invalid_field");
    draft.upload("?dryrun=true", "phone,code\n").await.problem(422, "unknown_field");

    // Single bad lines do not spoil the rest.
    let file = b"phone,code\n081234567892,B\n081234567893,\"C\n081234567894,D,E\n081234567895\n,F\n12,G\n081234567896,\n";
    let report = draft.upload("", file.to_vec()).await.expect(200);
    let codes = json!({"unclosed_quote": 1, "too_many_fields": 1, "too_few_fields": 1, "empty_phone": 1, "bad_phone": 1, "missing_variable": 1});
    assert_eq!((&report["accepted"], &report["by_code"]), (&json!(1), &codes), "{report}");
    assert_eq!(draft.total().await, 1);
}

#[tokio::test]
async fn an_endless_line_is_refused_in_little_memory() {
    let draft = Draft::saying("Hi").await;
    let before = resident_mib();
    let chunk = Bytes::from(vec![b'x'; 64 * 1024]);
    let endless = futures::stream::iter((0..1024).map(move |_| Ok::<_, std::io::Error>(chunk.clone())));
    draft.upload("", reqwest::Body::wrap_stream(endless)).await.problem(422, "line_too_long");
    let chunk = Bytes::from(vec![b'y'; 64 * 1024]);
    let head = futures::stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"phone\n081234567890\n"))]);
    let endless =
        futures::StreamExt::chain(head, futures::stream::iter((0..1024).map(move |_| Ok(chunk.clone()))));
    let report = draft.upload("", reqwest::Body::wrap_stream(endless)).await.expect(200);
    assert_eq!((&report["accepted"], &report["by_code"]), (&json!(1), &json!({"line_too_long": 1})));
    assert!(resident_mib() < before + 60, "{before} MiB became {} MiB", resident_mib());
}

/// Resident memory of this process: client, API and all.
fn resident_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmRSS")).expect("a line");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).expect("a number") / 1024
}

#[tokio::test]
async fn all_of_it_or_nothing() {
    let mut api = ApiConfig::new("a secret for tests, longer than 32 characters".to_owned().into());
    api.max_recipients = 5;
    api.csv_max_bytes = 100_000;
    let draft = Draft::within(TestApp::with(TestOptions { api, ..TestOptions::default() }).await, "Hi").await;
    let lines = |from: u32, to: u32| {
        (from..to).fold("phone\n".to_owned(), |csv, n| csv + &format!("0812345678{n:02}\n"))
    };
    draft.upload("", lines(0, 6)).await.problem(422, "too_many_recipients");
    draft.upload("", lines(0, 3)).await.expect(200);
    draft.upload("", lines(10, 13)).await.problem(422, "too_many_recipients");
    assert_eq!(draft.total().await, 3);
    draft.upload("", vec![b'x'; 100_001]).await.problem(413, "too_large");
    // An upload that breaks off.
    let head = Ok(Bytes::from(lines(20, 22)));
    let broken = futures::stream::iter([head, Err(std::io::Error::other("gone"))]);
    let sent = draft
        .acme
        .request(Method::POST, &format!("{}/recipients", draft.path))
        .header(CONTENT_TYPE, "text/csv");
    assert!(Reply::try_to(sent.body(reqwest::Body::wrap_stream(broken))).await.is_err());
    assert_eq!(draft.app.count("select count(*) from recipients").await, 3);
    assert_eq!(draft.app.count("select count(*) from rejected_lines").await, 0);
}

#[tokio::test]
async fn other_ways_to_add_people() {
    let draft = Draft::saying("Hi {{name}} from {{city}}").await;
    let path = format!("{}/recipients", draft.path);
    let people = json!({"contacts": [
        {"phone": "081234567890", "name": "Ana", "variables": {"City": "Bogor"}},
        {"phone": "nobody", "name": "x", "variables": {"city": "y"}},
        {"phone": "081234567891", "name": "Budi"},
        {"phone": "+62 812 3456 7890", "name": "Ana", "variables": {"city": "Solo"}},
    ]});
    let report = draft.acme.post(&path, people).await.expect(200);
    assert_eq!(
        (&report["accepted"], &report["by_code"]),
        (&json!(1), &json!({"bad_phone": 1, "missing_variable": 1, "duplicate": 1}))
    );
    assert_eq!(report["sample"][0], "Hi Ana from Bogor");

    for n in 2..5 {
        let tags = if n == 4 { json!(["old"]) } else { json!(["vip", "old"]) };
        let contact = json!({"phone": format!("08123456789{n}"), "name": format!("P{n}"), "attributes": {"city": "Solo"}, "tags": tags});
        draft.acme.post("/api/v1/contacts", contact).await.expect(201);
    }
    assert_eq!(draft.acme.post(&path, json!({"tags": ["vip"]})).await.expect(200)["accepted"], 2);
    assert_eq!(draft.acme.post(&path, json!({"tags": ["vip", "old"]})).await.expect(200)["accepted"], 1);

    let form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\nphone,name,city\r\n081234567899,Z,Z\r\n\r\n--x--\r\n";
    let request = draft
        .acme
        .request(Method::POST, &path)
        .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(form);
    assert_eq!(Reply::to(request).await.expect(200)["accepted"], 1);
    assert_eq!(draft.total().await, 5);

    for (body, code, field) in [
        (json!({}), "invalid_field", "contacts"),
        (json!({"contacts": [], "tags": ["x"]}), "invalid_field", "contacts"),
        (json!({"tags": []}), "invalid_field", "tags"),
        (json!({"contacts": [{"name": "x"}]}), "missing_field", "contacts[0].phone"),
        (json!({"people": []}), "unknown_field", "people"),
    ] {
        assert_eq!(draft.acme.post(&path, body.clone()).await.problem(422, code)["field"], field, "{body}");
    }
    let xml = draft.acme.request(Method::POST, &path).header(CONTENT_TYPE, "application/xml").body("<a/>");
    Reply::to(xml).await.problem(415, "unsupported_media_type");
}
