//! The pages that are handed over: one file that asks for nothing, lets nothing run but its own script, and stays small.
#![expect(clippy::unwrap_used, reason = "a test may fall, and says where")]
#![allow(dead_code, reason = "each test crate uses a part of the support")]

mod support;

use std::fmt::Write;

use base64::Engine;
use sha2::{Digest, Sha256};
use support::{DELIVERABLES, Repo, document, policy};

fn page(repo: &Repo, command: &[&str]) -> String {
    let output = repo.run(&[command, &["--format", "html"]].concat());
    assert!(output.stdout.starts_with("<!DOCTYPE html>"), "{command:?}: {}", output.stderr);
    output.stdout
}

fn small() -> Repo {
    let repo = Repo::new();
    repo.write("policy.md", policy());
    repo.write("clausewise.yaml", "organization: {name: Test Ltd}\n");
    repo.commit("2026-01-02");
    repo
}

/// Everything between an opening and a closing mark.
fn between<'page>(page: &'page str, opening: &str, closing: &str) -> Vec<&'page str> {
    page.split(opening).skip(1).filter_map(|rest| rest.split_once(closing).map(|(inside, _)| inside)).collect()
}

#[test]
fn a_page_asks_nothing_of_any_network() {
    let repo = small();
    for command in DELIVERABLES {
        let page = page(&repo, command);
        assert_eq!(between(&page, " href=\"", "\"").into_iter().find(|link| !link.starts_with('#')), None, "{command:?}");
        assert_eq!(between(&page, " src=\"", "\"").into_iter().find(|source| !source.starts_with("data:image/")), None, "{command:?}");
        for word in ["<link", "<base", "<iframe", "<form", "url(", "@import", "fetch(", "XMLHttpRequest"] {
            assert!(!page.contains(word), "{command:?}: {word}");
        }
    }
}

#[test]
fn its_policy_names_its_own_script_and_style_and_nothing_else() {
    let repo = small();
    for command in DELIVERABLES {
        let page = page(&repo, command);
        let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
        assert_eq!(policy.len(), 1, "{command:?}");
        for (element, directive) in [("script", "script-src"), ("style", "style-src")] {
            let inside = between(&page, &format!("<{element}>"), &format!("</{element}>"));
            assert_eq!(inside.len(), 1, "{command:?}: {element}");
            let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(inside.concat()));
            assert!(policy.concat().contains(&format!("{directive} 'sha256-{hash}';")), "{command:?}: {element}");
        }
        assert!(policy.concat().starts_with("default-src 'none';") && !policy.concat().contains("unsafe"), "{policy:?}");
        // The policy stands before anything that it speaks of.
        assert!(page.find("Content-Security-Policy") < page.find("<style>"), "{command:?}");
    }
}

#[test]
fn every_link_leads_somewhere_and_no_id_stands_twice() {
    let repo = small();
    for command in DELIVERABLES {
        let page = page(&repo, command);
        let mut ids = between(&page, " id=\"", "\"");
        ids.sort_unstable();
        assert_eq!(ids.windows(2).find(|pair| pair.first() == pair.last()), None, "{command:?}");
        let lost = between(&page, " href=\"#", "\"").into_iter().find(|link| ids.binary_search(link).is_err());
        assert_eq!(lost, None, "{command:?}");
    }
    let page = page(&repo, &["gap"]);
    for id in ["8.6.1-s3", "8.6.1", "8.6", "8", "10.2-s1", "F1"] {
        assert!(page.contains(&format!(" id=\"{id}\"")), "{id}");
    }
}

#[test]
fn the_same_input_makes_the_same_bytes() {
    let repo = small();
    for command in DELIVERABLES {
        assert_eq!(page(&repo, command), page(&repo, command), "{command:?}");
    }
}

#[test]
fn text_stays_text_in_elements_and_attributes() {
    let repo = small();
    let hostile = ["\"><img src=x onerror=alert(1)>", "' onload='x", "`{{ 7*7 }}`", "</script><script>x", "javascript:x"];
    for (index, title) in hostile.iter().enumerate() {
        let quoted = title.replace('\\', "\\\\").replace('"', "\\\"");
        let text =
            document("service-management-policy", &format!("POL-{index}")).replace(&format!("title: Document POL-{index}"), &format!("title: \"{quoted}\""));
        repo.write(format!("{index}.md"), text.replace("status: approved", "status: draft"));
    }
    repo.commit("2026-02-02");
    let page = page(&repo, &["gap"]);
    for shown in ["&quot;&gt;&lt;img src=x onerror=alert(1)&gt;", "&#39; onload=&#39;x", "&#96;{{ 7*7 }}&#96;", "&lt;/script&gt;&lt;script&gt;x"] {
        assert!(page.contains(shown), "{shown}");
    }
    assert!(!page.contains("<img") && !page.contains("49&#96;"));
}

#[test]
fn a_logo_passes_whole() {
    let repo = small();
    let mut logo = vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10];
    logo.extend(std::iter::repeat_n(0x5a, 20_000));
    repo.write("logo.png", &logo);
    repo.write("clausewise.yaml", "organization: {name: Test Ltd}\nreport: {logo: logo.png, prepared_by: Advice Ltd}\n");
    let page = page(&repo, &["gap", "--redact"]);
    let encoded = base64::engine::general_purpose::STANDARD.encode(&logo);
    assert!(page.contains(&format!("<img src=\"data:image/png;base64,{encoded}\" alt=\"Advice Ltd\">")));
}

#[test]
fn ten_thousand_findings_fit_into_ten_megabytes() {
    let repo = Repo::new();
    let mut text = "kind: change-record\nrecords:\n".to_owned();
    for number in 0..560 {
        writeln!(
            text,
            "  - {{id: CHG-{number}, title: Change {number}, requested_on: 2026-03-01, category: normal, approved_on: 2026-04-02, approved_by: Jane Doe, implemented_on: 2026-04-01, status: closed, back_out: none}}"
        )
        .unwrap();
    }
    repo.write("changes.yaml", text);
    repo.commit("2026-05-01");
    let page = page(&repo, &["gap"]);
    let findings = page.matches("<article ").count();
    assert!(findings >= 10_000, "{findings}");
    assert!(page.len() < 10_000_000, "{} bytes for {findings} findings", page.len());
}
