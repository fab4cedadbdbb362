//! Measures a reflector of all pods. It speaks the line protocol of bench/side-by-side/line-protocol.ts.

use futures::TryStreamExt;
use k8s_openapi::api::core::v1::Pod;
use kube::runtime::{WatchStreamExt, reflector, watcher};
use kube::{Api, Client};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncBufReadExt, BufReader};

/// The annotation that a measured update carries: `SEQUENCE.MICROSECONDS`, the time when it was sent.
const MARKER: &str = "marker";

#[derive(Default)]
struct Markers {
    latencies: Vec<i128>,
    expected: usize,
}

impl Markers {
    fn see(&mut self, pod: &Pod) {
        let annotations = pod.metadata.annotations.as_ref();
        let Some(text) = annotations.and_then(|all| all.get(MARKER)) else { return };
        let Some((_, sent)) = text.split_once('.') else { return };
        let Ok(sent) = sent.parse::<i128>() else { return };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros() as i128;
        self.latencies.push(now - sent);
        if self.expected > 0 && self.latencies.len() == self.expected {
            println!("seen {}", self.expected);
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let drop_managed_fields = std::env::args().nth(1).as_deref() == Some("dropManagedFields");
    let client = Client::try_default().await?;
    let markers = Arc::new(Mutex::new(Markers::default()));
    println!("ready");

    let mut commands = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = commands.next_line().await? {
        let mut words = line.split_whitespace();
        match words.next() {
            Some("start") => {
                let (reader, writer) = reflector::store::<Pod>();
                let config = watcher::Config::default().streaming_lists();
                let seen = markers.clone();
                let events = watcher(Api::<Pod>::all(client.clone()), config).default_backoff().modify(move |pod| {
                    if drop_managed_fields {
                        pod.metadata.managed_fields = None;
                    }
                });
                let reflected = reflector(writer, events).try_for_each(move |event| {
                    if let watcher::Event::Apply(pod) = &event {
                        seen.lock().unwrap().see(pod);
                    }
                    futures::future::ready(Ok(()))
                });
                tokio::spawn(async move {
                    let error = reflected.await.err();
                    eprintln!("the stream ended: {error:?}");
                    std::process::exit(1);
                });
                reader.wait_until_ready().await?;
                println!("synced {}", reader.len());
            }
            Some("gc") => {
                // SAFETY: both have no requirements; glibc's statistics are of the whole process.
                let in_use = unsafe {
                    libc::malloc_trim(0);
                    let info = libc::mallinfo2();
                    info.uordblks + info.hblkhd
                };
                println!("heap {in_use}");
            }
            Some("expect") => {
                let mut seen = markers.lock().unwrap();
                seen.expected = words.next().unwrap_or("0").parse()?;
                seen.latencies.clear();
                println!("expecting");
            }
            Some("latencies") => {
                let seen = markers.lock().unwrap();
                let all: Vec<String> = seen.latencies.iter().map(ToString::to_string).collect();
                println!("latencies {}", all.join(" "));
            }
            _ => {}
        }
    }
    Ok(())
}
