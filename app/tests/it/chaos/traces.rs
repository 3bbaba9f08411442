//! One message, one trace: from the request through the job to WAHA, over three processes, as a collector gets it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value};
use opentelemetry_proto::tonic::trace::v1::{Span, span::SpanKind};
use prost::Message;
use reqwest::Method;
use serde_json::json;
use wahana_testkit::Reply;
use wahana_testkit::eventually;
use wahana_waha_sim::SimConfig;

use crate::chaos::stack::{TestStack, reachable};

/// Each with the name of the service that it comes from.
type Spans = Arc<Mutex<Vec<(String, Span)>>>;

/// Takes OTLP over HTTP, as a collector does.
async fn collector() -> (String, Spans) {
    let spans = Spans::default();
    let kept = spans.clone();
    let take = move |body: Bytes| {
        let export = ExportTraceServiceRequest::decode(body).expect("OTLP");
        for resource in export.resource_spans {
            let attributes = resource.resource.map(|resource| resource.attributes).unwrap_or_default();
            let service = text(&attributes, "service.name").expect("the name of the service");
            let got = resource.scope_spans.into_iter().flat_map(|scope| scope.spans);
            kept.lock().expect("spans").extend(got.map(|span| (service.clone(), span)));
        }
        async { "" }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let router = Router::new().route("/v1/traces", post(take));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, spans)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_one_trace_from_the_request_to_waha() {
    let (url, spans) = collector().await;
    let more = [("WAHANA__TELEMETRY__OTLP_ENDPOINT", url), ("OTEL_BSP_SCHEDULE_DELAY", "200".to_owned())];
    let stack = TestStack::start_with(SimConfig { phones: reachable(), ..SimConfig::default() }, &more).await;

    let (trace, caller) = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
    let body = json!({"session_id": stack.senders[0], "to": "+6281355501234", "content": {"type": "text", "text": "Kode Pelangi"}});
    let request = stack.client.request(Method::POST, "/api/v1/messages").json(&body);
    let request = request.header("traceparent", format!("00-{trace}-{caller}-01"));
    let message = Reply::to(request).await.expect(202);

    let of_trace = || -> HashMap<String, (String, Span)> {
        let spans = spans.lock().expect("spans");
        let ours = spans.iter().filter(|(_, span)| hex(&span.trace_id) == trace);
        ours.map(|(service, span)| (span.name.clone(), (service.clone(), span.clone()))).collect()
    };
    let wanted = [
        "POST /api/v1/messages",
        "waiting in Postgres",
        "waiting in its lane",
        "send_message",
        "waha send_text",
    ];
    eventually("the spans", async || {
        let got = of_trace();
        wanted.iter().all(|name| got.contains_key(*name))
    })
    .await;

    let got = of_trace();
    let services =
        ["POST /api/v1/messages", "send_message", "waha send_text"].map(|name| got[name].0.as_str());
    assert_eq!(services, ["wahana-api", "wahana-worker", "wahana-worker"]);
    let [request, in_postgres, in_lane, attempt, call] = wanted.map(|name| &got[name].1);
    assert_eq!(hex(&request.parent_span_id), caller, "the caller's span is the parent");
    for below in [in_postgres, in_lane, attempt] {
        assert_eq!(below.parent_span_id, request.span_id, "{}", below.name);
    }
    assert_eq!(call.parent_span_id, attempt.span_id);
    let kinds = [request, attempt, call].map(|span| span.kind);
    assert_eq!(kinds, [SpanKind::Server, SpanKind::Consumer, SpanKind::Client].map(|kind| kind as i32));
    assert!(attempt.start_time_unix_nano >= in_lane.start_time_unix_nano);
    assert!(in_postgres.end_time_unix_nano <= in_lane.end_time_unix_nano);

    let id = message["id"].as_str().expect("an id");
    let told = |name| text(&attempt.attributes, name);
    assert_eq!(told("messaging.system").as_deref(), Some("redis"));
    assert_eq!(told("messaging.operation.type").as_deref(), Some("process"));
    assert_eq!(told("messaging.destination.name").as_deref(), Some("lanes"));
    assert_eq!(told("messaging.message.id").as_deref(), Some(id));

    // What was asked of Postgres and Redis, by whom: the batches of workers and schedulers have traces of their own.
    let details = [
        ("wahana-api", "transaction messages/accepting", "db.system.name", "postgresql"),
        ("wahana-worker", "fence messages", "db.collection.name", "messages"),
        ("wahana-worker", "settle lanes", "messaging.operation.type", "settle"),
        ("wahana-scheduler", "push lanes", "messaging.destination.name", "lanes"),
    ];
    for (service, name, key, value) in details {
        eventually(&format!("{name} of {service}"), async || {
            let spans = spans.lock().expect("spans");
            spans.iter().any(|(from, span)| {
                from == service && span.name == name && text(&span.attributes, key).as_deref() == Some(value)
            })
        })
        .await;
    }

    // Which message, but not to whom, nor what it says. No short number is looked for: times in nanoseconds hold them all.
    let everything = format!("{:?}", spans.lock().expect("spans"));
    assert!(
        everything.contains(message["id"].as_str().expect("an id").trim_start_matches("msg_"))
            || everything.contains(message["id"].as_str().expect("an id"))
    );
    for secret in ["81355501234", "Pelangi", "a master key", "a token secret"] {
        assert!(!everything.contains(secret), "{secret} is in a span");
    }
}

/// The text of this attribute.
fn text(attributes: &[KeyValue], key: &str) -> Option<String> {
    let value = attributes.iter().find(|attribute| attribute.key == key)?.value.clone()?.value?;
    match value {
        any_value::Value::StringValue(text) => Some(text),
        _ => None,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
