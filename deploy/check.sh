#!/usr/bin/env bash
# Checks deploy/ against a real Prometheus and a real Wahana: the rules load and their tests pass; a campaign runs, is
# scraped, and every expression of the dashboard and of the rules is asked once. `./wahana check-deploy` brings
# promtool and prometheus, builds, and calls this. Everything runs in a folder of its own and is gone afterwards.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly WAHANA=${1:?the built binary}
readonly WORK=$(mktemp -d /var/tmp/wahana-check.XXXXXX)
readonly PORT=${PROMETHEUS_PORT:-19090}
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait || true; rm -rf "$WORK"' EXIT

say() { printf '\n### %s\n' "$*"; }

say rules
promtool check config deploy/prometheus/prometheus.yml
promtool test rules deploy/prometheus/rules.test.yml

say "a campaign, scraped every second"
"$WAHANA" demo --recipients 300 --keep >"$WORK/demo.log" 2>&1 &
pids+=($!)
for _ in $(seq 300); do
  address=$(grep -oE '127\.0\.0\.1:[0-9]+/(metrics|api)' "$WORK/demo.log" | head -n 1 | cut -d/ -f1) || true
  [[ -z $address ]] || break
  kill -0 "${pids[0]}" 2>/dev/null || { cat "$WORK/demo.log"; exit 1; }
  sleep 0.2
done
[[ -n ${address:-} ]] || { echo "no address of the API in:"; cat "$WORK/demo.log"; exit 1; }

cat >"$WORK/prometheus.yml" <<TEXT
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: ["$PWD/deploy/prometheus/rules.yml"]
scrape_configs:
  - job_name: wahana
    static_configs: [{ targets: ["$address"], labels: { role: up } }]
TEXT
prometheus --config.file="$WORK/prometheus.yml" --storage.tsdb.path="$WORK/data" \
  --web.listen-address="127.0.0.1:$PORT" --log.level=warn >"$WORK/prometheus.log" 2>&1 &
pids+=($!)

python3 - "$PORT" <<'PYTHON'
import json, re, sys, time, urllib.parse, urllib.request

base = f"http://127.0.0.1:{sys.argv[1]}/api/v1/"

def get(path, **query):
    url = base + path + "?" + urllib.parse.urlencode(query)
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)["data"]

def until(what, done):
    for _ in range(120):
        try:
            if done():
                return
        except OSError:
            pass
        time.sleep(1)
    sys.exit(f"waited two minutes for {what}")

until("the scrape", lambda: get("query", query="wahana_build_info")["result"])
until("messages", lambda: get("query", query='sum(wahana_messages_attempts_total{outcome="done"}) > 100')["result"])
until("receipts", lambda: get("query", query="sum(wahana_message_ack_lag_seconds_count) > 100")["result"])
time.sleep(12)  # gauges are told every ten seconds, and rates want two scrapes

# What has no reason to be there after a campaign in which nothing failed.
QUIET = re.compile("parked|parks|after_restore|holds|errors|resolved|lost|expired|panics|undecodable|restarts|failed|health_changes"
                   "|restrictions|rate_limits|deaf|astray|recovered|moves|pool_moved|by_health|outcome!=|status=~\"5|queue_depth|jobs_total")

dashboard = json.load(open("deploy/grafana/wahana.json"))
asked, wrong, empty = 0, [], []
for panel in dashboard["panels"]:
    for target in panel.get("targets", []):
        expr = target["expr"].replace("$__rate_interval", "30s").replace("$job", ".*")
        asked += 1
        try:
            result = get("query", query=expr)["result"]
        except urllib.error.HTTPError as error:
            wrong.append(f"{panel['title']}: {expr}: {error.read().decode()}")
            continue
        if not result and not QUIET.search(expr):
            wrong.append(f"{panel['title']}: nothing for {expr}")
        elif not result:
            empty.append(expr)
rules = [rule for group in get("rules")["groups"] for rule in group["rules"]]
bad = [f"{rule['name']}: {rule['health']} {rule.get('lastError', '')}" for rule in rules if rule["health"] != "ok"]
firing = [rule["name"] for rule in rules if rule.get("state") == "firing"]
metadata = {name for name in get("label/__name__/values") if name.startswith(("wahana_", "process_"))}
print(f"{asked} expressions of the dashboard asked, {len(empty)} rightly empty; {len(rules)} rules evaluated; "
      f"{len(metadata)} names scraped; firing: {firing or 'none'}")
if wrong or bad or firing:
    sys.exit("\n".join(wrong + bad + [f"fires without reason: {name}" for name in firing]))
PYTHON

say "all of deploy/ holds"
